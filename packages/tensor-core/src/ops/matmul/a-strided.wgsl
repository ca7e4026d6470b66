// Four rows of A at one depth, each loaded alone: any strides, any alignment.
@group(0) @binding(0) var<storage, read> a: array<f32>;

const ROWS_PER_LOAD = 4u;

fn place_a(batch: u32, row: u32) -> vec4u {
  let clamped = min(vec4u(row) + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows - 1u));
  return vec4u(batch * params.a_batch_stride) + clamped * params.a_row_stride;
}

fn load_a(place: vec4u, depth: u32) -> vec4f {
  let at = place + depth * params.a_depth_stride;
  return vec4f(a[at.x], a[at.y], a[at.z], a[at.w]);
}
