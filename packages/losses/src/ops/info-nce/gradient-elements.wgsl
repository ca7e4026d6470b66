// Gradients of rows of any length: without what fills the last quad.
@group(0) @binding(5) var<storage, read_write> da: array<f32>;
@group(0) @binding(6) var<storage, read_write> db: array<f32>;

fn store_da(row: u32, quad: u32, value: vec4f) {
  let column = 4u * quad;
  let place = row * params.columns + column;
  if (column < params.columns) { da[place] = value.x; }
  if (column + 1u < params.columns) { da[place + 1u] = value.y; }
  if (column + 2u < params.columns) { da[place + 2u] = value.z; }
  if (column + 3u < params.columns) { da[place + 3u] = value.w; }
}

fn store_db(row: u32, quad: u32, value: vec4f) {
  let column = 4u * quad;
  let place = row * params.columns + column;
  if (column < params.columns) { db[place] = value.x; }
  if (column + 1u < params.columns) { db[place + 1u] = value.y; }
  if (column + 2u < params.columns) { db[place + 2u] = value.z; }
  if (column + 3u < params.columns) { db[place + 3u] = value.w; }
}
