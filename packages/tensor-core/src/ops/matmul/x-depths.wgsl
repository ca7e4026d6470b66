// Operand x of a workgroup tile, its depths adjacent in memory and all strides multiples of 4: a part is four depths of one
// index (row of A, column of B), in one load; it is turned on its way into workgroup memory. A vector of padding puts the
// depths that threads store at the same time into different banks.
@group(0) @binding(X_BINDING) var<storage, read> x_values: array<vec4f>;

const X_QUADS = X_EXTENT / 4u;
const X_BLOCKS = DEPTHS / 4u;
const X_PARTS = X_EXTENT * X_BLOCKS;

var<workgroup> x_tile: array<array<array<vec4f, X_QUADS + 1u>, DEPTHS>, BUFFERS>;

// Where a part lies, for depths from 0.
fn x_place(batch: u32, index0: u32, part: u32) -> u32 {
  let index = min(index0 + part / X_BLOCKS, params.x_extent - 1u);
  return ((batch * params.x_batch_stride + index * params.x_index_stride) >> 2u) + part % X_BLOCKS;
}

fn x_load(place: u32, part: u32, depth0: u32, end: u32) -> vec4f {
  if (!WHOLE && depth0 + 4u * (part % X_BLOCKS) >= end) { return vec4f(0.0); }
  return x_values[place + (depth0 >> 2u)];
}

fn x_store(buffer: u32, part: u32, value: vec4f) {
  let depth = 4u * (part % X_BLOCKS);
  let index = part / X_BLOCKS;
  let quad = index / 4u;
  let component = index % 4u;
  x_tile[buffer][depth][quad][component] = value.x;
  x_tile[buffer][depth + 1u][quad][component] = value.y;
  x_tile[buffer][depth + 2u][quad][component] = value.z;
  x_tile[buffer][depth + 3u][quad][component] = value.w;
}
