// Gradient of the source part: sum of dL/dz over the edges out of each node, in the order of the edges.
@group(0) @binding(0) var<storage, read> z_grad: array<Features>; // [E, 2W]
@group(0) @binding(1) var<storage, read> order: array<i32>; // [E]: edges by source
@group(0) @binding(2) var<storage, read> offsets: array<i32>; // [N + 1], by source
@group(0) @binding(3) var<storage, read_write> node_grad: array<Features>; // [N, 4W], the second half of each row

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let row = 2u * params.groups;
  let node = thread / row;
  let column = thread - node * row;
  if (node >= params.nodes) { return; }
  let span = span_of(offsets[node], offsets[node + 1u]);
  var total = Features();
  for (var position = span.start; position < span.end; position++) {
    total += z_grad[u32(order[position]) * row + column];
  }
  node_grad[(2u * node + 1u) * row + column] = total;
}
