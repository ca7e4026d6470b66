// message = sigmoid(gate) * softplus(core), four features of one edge a thread; z in edge-features.wgsl.

@group(0) @binding(5) var<storage, read_write> message: array<vec4f>; // [E, W]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.edges * params.quads) { return; }
  let e = i / params.quads;
  let quad = i - e * params.quads;
  message[i] = sigmoid(z_at(e, quad)) * softplus(z_at(e, quad + params.quads));
}
