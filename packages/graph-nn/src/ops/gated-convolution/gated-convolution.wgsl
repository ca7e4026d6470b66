// out_i = sum of m_e * sigmoid(gate_e) * softplus(core_e) over the edges e into node i, m_e the multiplicity; no message is
// stored.
@group(0) @binding(6) var<storage, read_write> gathered: array<Features>; // [N, W]

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
    total += message(z.gate, z.core, z.multiplicity);
  }
  gathered[thread] = total;
}
