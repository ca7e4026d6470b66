// out[e] = x[index[e]], zeros where the index lies outside x; one lane per thread.
struct Params {
  size: u32,   // lanes of out
  width: u32,  // lanes of a row
  rows: u32,   // rows of x
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<lane>;
@group(0) @binding(1) var<storage, read> index: array<u32>;
@group(0) @binding(2) var<storage, read_write> out: array<lane>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.size) { return; }
  let e = i / params.width;
  let row = index[e];
  var value = lane(0u);
  if (row < params.rows) { value = x[row * params.width + i - e * params.width]; }
  out[i] = value;
}
