// Four columns of C, each stored alone: rows of any length.
@group(0) @binding(3) var<storage, read_write> c: array<f32>;

fn place_c(split: u32, batch: u32, row: u32, column: u32) -> u32 {
  let matrix = split * params.c_split_stride + batch * params.rows * params.c_row_stride;
  return matrix + row * params.c_row_stride + column;
}

fn store_c(place: u32, row: u32, column: u32, value: vec4f) {
  if (row >= params.rows) { return; }
  for (var i = 0u; i < min(4u, params.columns - min(column, params.columns)); i++) { c[place + i] = value[i]; }
}

fn next_row_c(place: u32, rows: u32) -> u32 {
  return place + rows * params.c_row_stride;
}
