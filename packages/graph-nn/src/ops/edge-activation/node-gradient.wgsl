// Gradient of the node part: the first half of a row sums dL/dz over the edges into the node, the second over those out of it,
// both in the order of the edges.
struct Params {
  nodes: u32,
  edges: u32,
  columns: u32,
}
var<immediate> params: Params;

const WORKGROUP = 64u;

@group(0) @binding(0) var<storage, read> z_grad: array<vec4f>; // [E, W]
@group(0) @binding(1) var<storage, read> target_offsets: array<i32>; // [N + 1]
@group(0) @binding(2) var<storage, read> source_offsets: array<i32>; // [N + 1]
@group(0) @binding(3) var<storage, read> source_order: array<i32>; // [E]
@group(0) @binding(4) var<storage, read_write> node_grad: array<vec4f>; // [N, 2W]

// Clamped, so that offsets with wrong values can neither hang the loop nor leave the edges.
fn bounded(offset: i32, least: i32) -> i32 {
  return clamp(offset, least, i32(params.edges));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let row = thread / params.columns;
  let column = thread - row * params.columns;
  let node = row / 2u;
  if (node >= params.nodes) { return; }
  var total = vec4f(0.0);
  if (row % 2u == 0u) {
    let start = bounded(target_offsets[node], 0);
    let end = bounded(target_offsets[node + 1u], start);
    for (var e = start; e < end; e++) {
      total += z_grad[u32(e) * params.columns + column];
    }
  } else {
    let start = bounded(source_offsets[node], 0);
    let end = bounded(source_offsets[node + 1u], start);
    for (var position = start; position < end; position++) {
      total += z_grad[u32(source_order[position]) * params.columns + column];
    }
  }
  node_grad[thread] = total;
}
