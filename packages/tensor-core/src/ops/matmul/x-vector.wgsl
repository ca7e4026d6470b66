// Operand x of a workgroup tile, its indices (rows of A, columns of B) adjacent in memory and all strides multiples of 4:
// a part is four indices at one depth, in one load.
@group(0) @binding(X_BINDING) var<storage, read> x_values: array<vec4f>;

const X_QUADS = X_EXTENT / 4u;
const X_PARTS = X_QUADS * DEPTHS;

var<workgroup> x_tile: array<array<array<vec4f, X_QUADS>, DEPTHS>, BUFFERS>;

// Where a part lies, for depths from 0.
fn x_place(batch: u32, index0: u32, part: u32) -> u32 {
  let index = min(index0 + 4u * (part % X_QUADS), (params.x_extent - 1u) & ~3u);
  return (batch * params.x_batch_stride + index + part / X_QUADS * params.x_depth_stride) >> 2u;
}

fn x_load(place: u32, part: u32, depth0: u32, end: u32) -> vec4f {
  if (!WHOLE && depth0 + part / X_QUADS >= end) { return vec4f(0.0); }
  return x_values[place + depth0 * (params.x_depth_stride >> 2u)];
}

fn x_store(buffer: u32, part: u32, value: vec4f) {
  x_tile[buffer][part / X_QUADS][part % X_QUADS] = value;
}
