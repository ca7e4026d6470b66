// out = x, dropped; four elements per thread.
struct Params {
  blocks: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.blocks) { return; }
  out[i] = dropped(i, x[i]);
}
