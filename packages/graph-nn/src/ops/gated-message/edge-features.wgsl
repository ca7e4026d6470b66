// z of one edge e, four features at a time: z = target[target_of(e)] + source[source_of(e)] + edge[e], 2W wide;
// the first W features are the gate, the last W the core. E edges, N nodes, W features (W/4 quads).

struct Params {
  edges: u32,
  quads: u32, // W / 4
}

@group(0) @binding(0) var<storage, read> target_part: array<vec4f>; // [N, 2W]
@group(0) @binding(1) var<storage, read> source_part: array<vec4f>; // [N, 2W]
@group(0) @binding(2) var<storage, read> edge_part: array<vec4f>; // [E, 2W]
@group(0) @binding(3) var<storage, read> target_of: array<i32>;
@group(0) @binding(4) var<storage, read> source_of: array<i32>;
var<immediate> params: Params;

fn softplus(x: vec4f) -> vec4f {
  return max(x, vec4f(0.0)) + log(1.0 + exp(-abs(x)));
}

fn sigmoid(x: vec4f) -> vec4f {
  return 1.0 / (1.0 + exp(-x));
}

// Features 4 * quad .. 4 * quad + 3 of z of edge e; quads 0 .. W/4 - 1 are the gate, the next W/4 the core.
fn z_at(e: u32, quad: u32) -> vec4f {
  let row = 2u * params.quads;
  return target_part[u32(target_of[e]) * row + quad] + source_part[u32(source_of[e]) * row + quad]
    + edge_part[e * row + quad];
}
