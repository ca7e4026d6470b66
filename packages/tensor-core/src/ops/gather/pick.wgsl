// out[n] = x[n, index[n]], 0 where the index lies outside the row.
struct Params {
  rows: u32,
  columns: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read> index: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let n = (wid.x + wid.y * groups.x) * 64u + thread;
  if (n >= params.rows) { return; }
  let column = index[n];
  var value = 0u;
  if (column < params.columns) { value = x[n * params.columns + column]; }
  out[n] = value;
}
