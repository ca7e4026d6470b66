// Counts of each chunk become counts of the chunks in front of it; count[n] is that of all chunks. One row per thread.
@group(0) @binding(0) var<storage, read_write> earlier: array<u32>;
@group(0) @binding(1) var<storage, read_write> count: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let n = (wid.x + wid.y * groups.x) * 64u + thread;
  if (n >= params.rows) { return; }
  var total = 0u;
  for (var c = 0u; c < params.chunks; c++) {
    let own = earlier[c * params.rows + n];
    earlier[c * params.rows + n] = total;
    total += own;
  }
  count[n] = total;
}
