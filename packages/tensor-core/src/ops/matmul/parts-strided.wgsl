// Parts with padded rows, or transposed: each element loaded alone.
@group(0) @binding(0) var<storage, read> parts: array<f32>;

fn place_part(quad: u32, positions: array<vec3u, 4>) -> vec4u {
  let strides = vec3u(params.batch_stride, params.row_stride, params.column_stride);
  return vec4u(
    dot(positions[0], strides),
    dot(positions[1], strides),
    dot(positions[2], strides),
    dot(positions[3], strides),
  );
}

fn load_part(place: vec4u, split: u32) -> vec4f {
  let at = place + split * params.split_stride;
  return vec4f(parts[at.x], parts[at.y], parts[at.z], parts[at.w]);
}
