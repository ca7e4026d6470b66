// One row of A at one depth: any strides, for products of few rows.
@group(0) @binding(0) var<storage, read> a: array<f32>;

const ROWS_PER_LOAD = 1u;

fn place_a(batch: u32, row: u32) -> vec4u {
  return vec4u(batch * params.a_batch_stride + min(row, params.rows - 1u) * params.a_row_stride);
}

fn load_a(place: vec4u, depth: u32) -> vec4f {
  return vec4f(a[place.x + depth * params.a_depth_stride]);
}
