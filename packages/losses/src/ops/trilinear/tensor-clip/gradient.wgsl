// dL/dT of a slab of indices a, tile by tile.
struct Params {
  extent: u32,
  padded: u32,
  pairs: u32,
  a_start: u32,
  a_span: u32,
  b_span: u32,
  rows: u32,         // of the slab
  column_quads: u32,
  unit: f32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read> log_sums: array<f32>;      // [3, padded]
@group(0) @binding(4) var<storage, read> upstream: array<f32>;      // [1]
@group(0) @binding(5) var<storage, read_write> slab: array<vec4f>;  // [count, rows, column_quads]

fn log_sums_at(c: vec4u) -> vec4f {
  return vec4f(log_sums[c.x], log_sums[c.y], log_sums[c.z], log_sums[c.w]);
}
