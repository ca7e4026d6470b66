// Gradients of rows that are whole quads.
@group(0) @binding(5) var<storage, read_write> da: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> db: array<vec4f>;

fn store_da(row: u32, quad: u32, value: vec4f) {
  da[row * params.quads + quad] = value;
}

fn store_db(row: u32, quad: u32, value: vec4f) {
  db[row * params.quads + quad] = value;
}
