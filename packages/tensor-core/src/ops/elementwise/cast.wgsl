@group(0) @binding(0) var<storage, read> input: array<From>;
@group(0) @binding(1) var<storage, read_write> output: array<To>;

struct Params {
  // vec4 of the output
  count: u32,
}
var<immediate> params: Params;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) workgroup: vec3u,
  @builtin(num_workgroups) workgroups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let i = (workgroup.x + workgroup.y * workgroups.x) * 64u + thread;
  if (i >= params.count) {
    return;
  }
  output[i] = To(input[i]);
}
