// out[i] = x[source(i)], one lane per thread.
@group(0) @binding(0) var<storage, read> x: array<lane>;
@group(0) @binding(1) var<storage, read_write> out: array<lane>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.size) { return; }
  out[i] = x[cursor_at(i).source];
}
