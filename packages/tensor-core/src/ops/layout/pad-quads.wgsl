// As pad.wgsl for elements one by one, of which a thread makes four for one store: the position of the first is taken apart,
// the others follow with carries, because integer division costs as much as the loads.
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4u>;

// Of an element of out; with a rank of 3 the first two stay 0.
struct Position {
  index0: u32,
  index1: u32,
  index2: u32,
  index3: u32,
  index4: u32,
}

fn position_of(element: u32) -> Position {
  let row = element / params.out4;
  let plane = row / params.out3;
  let index4 = element - row * params.out4;
  let index3 = row - plane * params.out3;
  if (rank <= 3u) { return Position(0u, 0u, plane, index3, index4); }
  let block = plane / params.out2;
  let outer = block / params.out1;
  return Position(outer, block - outer * params.out1, plane - block * params.out2, index3, index4);
}

fn next(before: Position) -> Position {
  var p = before;
  p.index4 += 1u;
  if (p.index4 < params.out4) { return p; }
  p.index4 = 0u;
  p.index3 += 1u;
  if (p.index3 < params.out3) { return p; }
  p.index3 = 0u;
  p.index2 += 1u;
  if (rank <= 3u || p.index2 < params.out2) { return p; }
  p.index2 = 0u;
  p.index1 += 1u;
  if (p.index1 < params.out1) { return p; }
  p.index1 = 0u;
  p.index0 += 1u;
  return p;
}

fn element_at(p: Position) -> u32 {
  // An index below `before` wraps around to a large number and so lies outside too.
  let index4 = p.index4 - params.before4;
  let index3 = p.index3 - params.before3;
  let index2 = p.index2 - params.before2;
  var inside = index4 < params.in4 && index3 < params.in3 && index2 < params.in2;
  var outer = index2;
  if (rank > 3u) {
    let index1 = p.index1 - params.before1;
    let index0 = p.index0 - params.before0;
    inside = inside && index1 < params.in1 && index0 < params.in0;
    outer += (index0 * params.in1 + index1) * params.in2;
  }
  if (!inside) { return params.padding; }
  return x[(outer * params.in3 + index3) * params.in4 + index4];
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (4u * i >= params.size) { return; }
  let a = position_of(4u * i);
  let b = next(a);
  let c = next(b);
  let d = next(c);
  out[i] = vec4u(element_at(a), element_at(b), element_at(c), element_at(d));
}
