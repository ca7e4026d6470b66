// Gated messages of a crystal graph convolution, four features of one edge a thread.
// E edges, N nodes, W features (W/4 quads); z = target[targetOf(e)] + source[sourceOf(e)] + edge[e], 2W wide:
// the first W are the gate, the last W the core. message = sigmoid(gate) * softplus(core).

struct Params {
  edges: u32,
  quads: u32, // W / 4
}

@group(0) @binding(0) var<storage, read> target_part: array<vec4f>; // [N, 2W]
@group(0) @binding(1) var<storage, read> source_part: array<vec4f>; // [N, 2W]
@group(0) @binding(2) var<storage, read> edge_part: array<vec4f>; // [E, 2W]
@group(0) @binding(3) var<storage, read> target_of: array<i32>;
@group(0) @binding(4) var<storage, read> source_of: array<i32>;
@group(0) @binding(5) var<storage, read_write> message: array<vec4f>; // [E, W]
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
  message[i] = softplus(z_core) / (1.0 + exp(-z_gate));
}
