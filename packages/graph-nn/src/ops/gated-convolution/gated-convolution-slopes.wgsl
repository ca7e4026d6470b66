// As gated-convolution.wgsl; also stores the slopes m d message / dz of every edge, so that the gradient neither gathers
// nor makes z anew, nor asks for the multiplicity.
@group(0) @binding(6) var<storage, read_write> gathered: array<Features>; // [N, W]
@group(0) @binding(7) var<storage, read_write> slopes: array<Features>; // [E, 2W]

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let node = thread / params.groups;
  let column = thread - node * params.groups;
  if (node >= params.segments) { return; }
  let span = span_of(offsets[node], offsets[node + 1u]);
  let terms = target_terms(node, column);
  var total = Features();
  for (var e = span.start; e < span.end; e++) {
    let z = edge_terms(e, column, terms);
    let edge = gated(z.gate, z.core, z.multiplicity);
    total += edge.message;
    let at = 2u * e * params.groups + column;
    slopes[at] = edge.gate_slope;
    slopes[at + params.groups] = edge.core_slope;
  }
  gathered[thread] = total;
}
