// y = x, one Element a lane: the least a kernel can do with each byte. `alias Element` is written before.

struct Params {
  count: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.count) {
    y[i] = x[i];
  }
}
