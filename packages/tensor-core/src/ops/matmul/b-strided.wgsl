// Four columns of B at one depth, each loaded alone: any strides, any alignment.
@group(0) @binding(1) var<storage, read> b: array<f32>;

fn place_b(batch: u32, column: u32) -> vec4u {
  let clamped = min(vec4u(column) + vec4u(0u, 1u, 2u, 3u), vec4u(params.columns - 1u));
  return vec4u(batch * params.b_batch_stride) + clamped * params.b_column_stride;
}

fn load_b(place: vec4u, depth: u32) -> vec4f {
  let at = place + depth * params.b_depth_stride;
  return vec4f(b[at.x], b[at.y], b[at.z], b[at.w]);
}
