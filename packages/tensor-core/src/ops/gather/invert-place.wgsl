// order[offsets[n] + earlier[c, n] + rank[e]] = e for position e of chunk c, which names row n.
@group(0) @binding(0) var<storage, read> index: array<u32>;
@group(0) @binding(1) var<storage, read> offsets: array<u32>;
@group(0) @binding(2) var<storage, read> earlier: array<u32>;
@group(0) @binding(3) var<storage, read> rank: array<u32>;
@group(0) @binding(4) var<storage, read_write> order: array<u32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let e = (wid.x + wid.y * groups.x) * 64u + thread;
  if (e >= params.size) { return; }
  let row = index[e];
  if (row >= params.rows) { return; }
  order[offsets[row] + earlier[(e / params.chunk) * params.rows + row] + rank[e]] = e;
}
