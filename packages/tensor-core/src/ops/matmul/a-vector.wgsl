// Four rows of A at one depth in one load: rows are adjacent in memory and all strides are multiples of 4.
@group(0) @binding(0) var<storage, read> a: array<vec4f>;

const ROWS_PER_LOAD = 4u;

fn place_a(batch: u32, row: u32) -> vec4u {
  let clamped = min(row, (params.rows - 1u) & ~3u);
  return vec4u((batch * params.a_batch_stride + clamped) >> 2u, params.a_depth_stride >> 2u, 0u, 0u);
}

fn load_a(place: vec4u, depth: u32) -> vec4f {
  return a[place.x + depth * place.y];
}
