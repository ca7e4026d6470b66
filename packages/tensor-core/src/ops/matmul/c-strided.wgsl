// Four columns of C, each in an access of its own: rows of any length.
@group(0) @binding(3) var<storage, read_write> c: array<f32>;

const PLACES_OF_QUAD = 4u;

fn place_c(split: u32, batch: u32, row: u32, column: u32) -> u32 {
  let matrix = split * params.c_split_stride + batch * params.rows * params.c_row_stride;
  return matrix + row * params.c_row_stride + column;
}

fn store_c(place: u32, row: u32, column: u32, value: vec4f) {
  let end = select(0u, params.columns, row < params.rows);
  if (column < end) { c[place] = value.x; }
  if (column + 1u < end) { c[place + 1u] = value.y; }
  if (column + 2u < end) { c[place + 2u] = value.z; }
  if (column + 3u < end) { c[place + 3u] = value.w; }
}

// Columns past the end repeat the last; a lane that has none reads the start of C.
fn load_c(place: u32, column: u32) -> vec4f {
  let own = select(0u, place, column < params.columns);
  let at = vec4u(own) + min(vec4u(0u, 1u, 2u, 3u), vec4u(params.columns - 1u - min(column, params.columns - 1u)));
  return vec4f(c[at.x], c[at.y], c[at.z], c[at.w]);
}

fn next_row_c(place: u32, rows: u32) -> u32 {
  return place + rows * params.c_row_stride;
}
