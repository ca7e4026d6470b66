// Parts in the order of the result: four elements in one load.
@group(0) @binding(0) var<storage, read> parts: array<vec4f>;

fn place_part(quad: u32, positions: array<vec3u, 4>) -> u32 {
  return quad;
}

fn load_part(place: u32, split: u32) -> vec4f {
  return parts[place + split * (params.split_stride >> 2u)];
}
