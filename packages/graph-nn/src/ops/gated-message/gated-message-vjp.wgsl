// dL/dz of gated messages, four features of one edge a thread; z in edge-features.wgsl.
// d gate = dm * softplus(core) * s(gate) * (1 - s(gate)); d core = dm * s(gate) * s(core); s = sigmoid.

@group(0) @binding(5) var<storage, read> message_grad: array<vec4f>; // [E, W]
@group(0) @binding(6) var<storage, read_write> z_grad: array<vec4f>; // [E, 2W]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.edges * params.quads) { return; }
  let e = i / params.quads;
  let quad = i - e * params.quads;
  let gate = 2u * e * params.quads + quad;
  let core = z_at(e, quad + params.quads);
  let open = sigmoid(z_at(e, quad));
  let dm = message_grad[i];
  z_grad[gate] = dm * softplus(core) * open * (1.0 - open);
  z_grad[gate + params.quads] = dm * open * sigmoid(core);
}
