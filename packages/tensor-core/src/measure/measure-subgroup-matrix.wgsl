// C = A B of f16 matrices with f32 sums, by the matrix units of a GPU: A is rows x depth, B is depth x columns, all three in
// rows. Each subgroup makes 64 x 64 of C as 4 x 4 matrices of 16 x 16, a workgroup of 2 x 2 of them 128 x 128. Extents are
// multiples of 128. Lines at the marks are written by measure-subgroup-matrix.ts, one for each matrix.
const SIDE = 16u;
const HELD = 4u;

struct Params {
  rows: u32,
  columns: u32,
  depth: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> a: array<f16>;
@group(0) @binding(1) var<storage, read> b: array<f16>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;

// The compiler cannot know that all lanes of a subgroup have the same local.y, and rejects places made from it.
@diagnostic(off, chromium.subgroup_matrix_uniformity)
@compute @workgroup_size(32, 4)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) local: vec3u) {
  let row = group.y * 128u + local.y / 2u * 64u;
  let column = group.x * 128u + local.y % 2u * 64u;
  // [accumulators]
  for (var depth = 0u; depth < params.depth; depth += SIDE) {
    // [loads]
    // [products]
  }
  // [stores]
}
