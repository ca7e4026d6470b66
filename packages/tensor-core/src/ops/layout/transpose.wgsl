// out[b, r, c] = x[base + b * batch_stride + c * row_stride + r]: swaps the last two axes in blocks of 4 x 4,
// four wide loads and four wide stores each. 8 x 8 threads make a 32 x 32 tile, so both sides fill cache lines.
// All params count vectors of four, except `batches` and the rows that `row_stride` steps over.
struct Params {
  batches: u32,
  rows: u32,         // out rows / 4
  columns: u32,      // out columns / 4
  base: u32,
  batch_stride: u32,
  row_stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4u>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4u>;

@compute @workgroup_size(8, 8)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_id) thread: vec3u) {
  let tiles_across = (params.columns + 7u) / 8u;
  let tiles = tiles_across * ((params.rows + 7u) / 8u);
  let tile = wid.x + wid.y * groups.x;
  let batch = tile / tiles;
  let within = tile - batch * tiles;
  let tile_row = within / tiles_across;
  let r = tile_row * 8u + thread.x;
  let c = (within - tile_row * tiles_across) * 8u + thread.y;
  if (batch >= params.batches || r >= params.rows || c >= params.columns) { return; }
  let source = params.base + batch * params.batch_stride + c * 4u * params.row_stride + r;
  let x0 = x[source];
  let x1 = x[source + params.row_stride];
  let x2 = x[source + 2u * params.row_stride];
  let x3 = x[source + 3u * params.row_stride];
  let corner = (batch * params.rows + r) * 4u * params.columns + c;
  out[corner] = vec4u(x0.x, x1.x, x2.x, x3.x);
  out[corner + params.columns] = vec4u(x0.y, x1.y, x2.y, x3.y);
  out[corner + 2u * params.columns] = vec4u(x0.z, x1.z, x2.z, x3.z);
  out[corner + 3u * params.columns] = vec4u(x0.w, x1.w, x2.w, x3.w);
}
