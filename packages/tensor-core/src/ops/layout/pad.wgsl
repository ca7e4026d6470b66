// out[o] = x[o - before] where that lies inside x, else the padding; one lane per thread.
@group(0) @binding(0) var<storage, read> x: array<lane>;
@group(0) @binding(1) var<storage, read_write> out: array<lane>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i >= params.size) { return; }
  // An index below `before` wraps around to a large number and so lies outside too.
  var quotient = i / params.out4;
  let index4 = i - quotient * params.out4 - params.before4;
  var rest = quotient;
  quotient = rest / params.out3;
  let index3 = rest - quotient * params.out3 - params.before3;
  rest = quotient;
  var inside = index4 < params.in4 && index3 < params.in3;
  var outer = 0u;
  if (rank > 3u) {
    quotient = rest / params.out2;
    let index2 = rest - quotient * params.out2 - params.before2;
    rest = quotient;
    quotient = rest / params.out1;
    let index1 = rest - quotient * params.out1 - params.before1;
    let index0 = quotient - params.before0;
    inside = inside && index2 < params.in2 && index1 < params.in1 && index0 < params.in0;
    outer = (index0 * params.in1 + index1) * params.in2 + index2;
  } else {
    outer = rest - params.before2;
    inside = inside && outer < params.in2;
  }
  var value = lane(params.padding);
  if (inside) { value = x[(outer * params.in3 + index3) * params.in4 + index4]; }
  out[i] = value;
}
