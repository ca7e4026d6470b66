// Four columns of the result in one access: groups have a multiple of 4 of them.
@group(0) @binding(3) var<storage, read_write> result: array<vec4f>;

fn store(place: u32, column: u32, value: vec4f, valid: bool) {
  if (valid && column < params.columns) { result[(place + column) / 4u] = value; }
}
