// dL/dx[n, c] = dL/d(out)[n] where c is the picked column, else 0.
struct Params {
  rows: u32,
  columns: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> grad: array<u32>;
@group(0) @binding(1) var<storage, read> index: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.rows * params.columns) { return; }
  let n = i / params.columns;
  out[i] = select(0u, grad[n], index[n] == i - n * params.columns);
}
