// y_e = z_e / (1 + exp(-z_e)).
@group(0) @binding(4) var<storage, read_write> activated: array<vec4f>; // [E, W]

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.edges * params.columns) { return; }
  let z = sum_at(thread);
  activated[thread] = z * logistic(z);
}
