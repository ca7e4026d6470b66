// d(loss)/dC of a slab of indices a, tile by tile.
struct Params {
  extent: u32,
  padded: u32,
  pairs: u32,
  a_start: u32,
  a_span: u32,
  b_span: u32,
  rows: u32,         // of the slab
  column_quads: u32,
  off_weight: f32,
  two_weight: f32,
  two_target: f32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read_write> slab: array<vec4f>; // [count, rows, column_quads]
