// dL/dz_e = dL/dy_e s (1 + z (1 - s)), s the logistic function of z, which is made anew.
@group(0) @binding(4) var<storage, read> grad: array<vec4f>; // [E, W]
@group(0) @binding(5) var<storage, read_write> z_grad: array<vec4f>; // [E, W]

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.edges * params.columns) { return; }
  let z = sum_at(thread);
  let s = logistic(z);
  z_grad[thread] = grad[thread] * s * (1.0 + z * (1.0 - s));
}
