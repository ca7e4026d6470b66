// Four columns of the result, each in an access of its own.
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

fn store(place: u32, column: u32, value: vec4f, valid: bool) {
  let end = select(0u, params.columns, valid);
  if (column < end) { result[place + column] = value.x; }
  if (column + 1u < end) { result[place + column + 1u] = value.y; }
  if (column + 2u < end) { result[place + column + 2u] = value.z; }
  if (column + 3u < end) { result[place + column + 3u] = value.w; }
}
