// values[i] = ((7 i + seed) mod 17 - 8) / 16: exact in f16, and so are sums of some thousand products of two in f32.
struct Params {
  count: u32,
  seed: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> values: array<f16>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i < params.count) {
    values[i] = f16((f32((7u * i + params.seed) % 17u) - 8.0) / 16.0);
  }
}
