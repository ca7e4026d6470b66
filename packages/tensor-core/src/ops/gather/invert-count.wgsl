// rank[e] = how often the chunk of e names the same row in front of e; one chunk per thread, `earlier` starts at 0.
@group(0) @binding(0) var<storage, read> index: array<u32>;
@group(0) @binding(1) var<storage, read_write> earlier: array<u32>;
@group(0) @binding(2) var<storage, read_write> rank: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let c = (wid.x + wid.y * groups.x) * 64u + thread;
  if (c >= params.chunks) { return; }
  let end = min(params.size, (c + 1u) * params.chunk);
  for (var e = c * params.chunk; e < end; e++) {
    let row = index[e];
    if (row >= params.rows) { continue; }
    let before = earlier[c * params.rows + row];
    rank[e] = before;
    earlier[c * params.rows + row] = before + 1u;
  }
}
