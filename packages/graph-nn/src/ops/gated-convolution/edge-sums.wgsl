// Sum of dL/dz over the edges of each segment, in their order: of those out of a node, or of those of a kind.
@group(0) @binding(0) var<storage, read> z_grad: array<Features>; // [E, 2W]
@group(0) @binding(1) var<storage, read> order: array<i32>; // [E]: edges by segment
@group(0) @binding(2) var<storage, read> offsets: array<i32>; // [segments + 1]
@group(0) @binding(3) var<storage, read_write> sums: array<Features>; // rows of 2W

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let row = 2u * params.groups;
  let segment = thread / row;
  let column = thread - segment * row;
  if (segment >= params.segments) { return; }
  let span = span_of(offsets[segment], offsets[segment + 1u]);
  var total = Features();
  for (var position = span.start; position < span.end; position++) {
    total += z_grad[u32(order[position]) * row + column];
  }
  sums[(params.row_stride * segment + params.first_row) * row + column] = total;
}
