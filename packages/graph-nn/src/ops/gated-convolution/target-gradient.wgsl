// dL/dz_e = dL/d(out_i) * slopes of every edge e into node i, and its sum over them, the gradient of the target part.
// Edges outside of all segments get 0.
@group(0) @binding(0) var<storage, read> slopes: array<Features>; // [E, 2W]
@group(0) @binding(1) var<storage, read> offsets: array<i32>; // [N + 1], by target
@group(0) @binding(2) var<storage, read> gathered_grad: array<Features>; // [N, W]
@group(0) @binding(3) var<storage, read_write> z_grad: array<Features>; // [E, 2W]
@group(0) @binding(4) var<storage, read_write> node_grad: array<Features>; // [N, 4W], the first half of each row

fn clear_edges(start: u32, end: u32, column: u32) {
  for (var e = start; e < end; e++) {
    z_grad[2u * e * params.groups + column] = Features();
    z_grad[(2u * e + 1u) * params.groups + column] = Features();
  }
}

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
  let message_grad = gathered_grad[thread];
  var gate_total = Features();
  var core_total = Features();
  for (var e = span.start; e < span.end; e++) {
    let at = 2u * e * params.groups + column;
    let gate = times(message_grad, slopes[at]);
    let core = times(message_grad, slopes[at + params.groups]);
    gate_total += gate;
    core_total += core;
    z_grad[at] = gate;
    z_grad[at + params.groups] = core;
  }
  let at = 4u * node * params.groups + column;
  node_grad[at] = gate_total;
  node_grad[at + params.groups] = core_total;
  if (node == 0u) { clear_edges(0u, span.start, column); }
  if (node == params.segments - 1u) { clear_edges(span.end, params.edges, column); }
}
