// Gradient of gated messages with respect to z (see gated-message.wgsl), four features of one edge a thread.
// d gate = dm * softplus(core) * s(gate) * (1 - s(gate)); d core = dm * s(gate) * s(core); s = sigmoid.

struct Params {
  edges: u32,
  quads: u32, // W / 4
}

@group(0) @binding(0) var<storage, read> target_part: array<vec4f>; // [N, 2W]
@group(0) @binding(1) var<storage, read> source_part: array<vec4f>; // [N, 2W]
@group(0) @binding(2) var<storage, read> edge_part: array<vec4f>; // [E, 2W]
@group(0) @binding(3) var<storage, read> target_of: array<i32>;
@group(0) @binding(4) var<storage, read> source_of: array<i32>;
@group(0) @binding(5) var<storage, read> message_grad: array<vec4f>; // [E, W]
@group(0) @binding(6) var<storage, read_write> z_grad: array<vec4f>; // [E, 2W]
var<immediate> params: Params;

fn softplus(x: vec4f) -> vec4f {
  return max(x, vec4f(0.0)) + log(1.0 + exp(-abs(x)));
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.edges * params.quads) { return; }
  let e = i / params.quads;
  let gate = i - e * params.quads;
  let row = 2u * params.quads;
  let core = gate + params.quads;
  let t = u32(target_of[e]) * row;
  let s = u32(source_of[e]) * row;
  let z_gate = target_part[t + gate] + source_part[s + gate] + edge_part[e * row + gate];
  let z_core = target_part[t + core] + source_part[s + core] + edge_part[e * row + core];
  let open = 1.0 / (1.0 + exp(-z_gate));
  let dm = message_grad[i];
  z_grad[e * row + gate] = dm * softplus(z_core) * open * (1.0 - open);
  z_grad[e * row + core] = dm * open / (1.0 + exp(-z_core));
}
