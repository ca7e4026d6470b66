// Four columns of C in one access: rows start at multiples of 4, and their padding may be overwritten.
@group(0) @binding(3) var<storage, read_write> c: array<vec4f>;

const PLACES_OF_QUAD = 1u;

fn place_c(split: u32, batch: u32, row: u32, column: u32) -> u32 {
  let matrix = split * params.c_split_stride + batch * params.rows * params.c_row_stride;
  return (matrix + row * params.c_row_stride + column) >> 2u;
}

fn store_c(place: u32, row: u32, column: u32, value: vec4f) {
  if (row < params.rows && column < params.columns) { c[place] = value; }
}

fn load_c(place: u32, column: u32) -> vec4f {
  return c[place];
}

fn next_row_c(place: u32, rows: u32) -> u32 {
  return place + rows * (params.c_row_stride >> 2u);
}
