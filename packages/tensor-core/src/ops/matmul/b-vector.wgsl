// Four columns of B at one depth in one load: columns are adjacent in memory and all strides are multiples of 4.
@group(0) @binding(1) var<storage, read> b: array<vec4f>;

fn place_b(batch: u32, column: u32) -> vec4u {
  let clamped = min(column, (params.columns - 1u) & ~3u);
  return vec4u((batch * params.b_batch_stride + clamped) >> 2u, params.b_depth_stride >> 2u, 0u, 0u);
}

fn load_b(place: vec4u, depth: u32) -> vec4f {
  return b[place.x + depth * place.y];
}
