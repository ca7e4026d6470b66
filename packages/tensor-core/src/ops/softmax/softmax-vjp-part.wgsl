// out = sum of g y over the parts of each line, or of g alone for log-softmax. Part p of a line holds the elements p,
// p + parts, ..., so that threads read neighbours at every step.
override LOG: bool;

struct Params {
  threads: u32,
  length: u32,
  inner: u32,
  parts: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> y: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read_write> out: array<Element>;

const WORKGROUP = 64u;

fn term(at: u32) -> Element {
  if (LOG) {
    return grad[at];
  }
  return grad[at] * y[at];
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.threads) {
    return;
  }
  let column = thread % params.inner;
  let part = thread / params.inner % params.parts;
  let outer = thread / (params.inner * params.parts);
  let start = outer * params.length * params.inner + column;
  let stride = params.parts * params.inner;
  let end = start + params.length * params.inner;

  var total = Element(0.0);
  var at = start + part * params.inner;
  for (; at + 3u * stride < end; at += 4u * stride) {
    total += (term(at) + term(at + stride)) + (term(at + 2u * stride) + term(at + 3u * stride));
  }
  for (; at < end; at += stride) {
    total += term(at);
  }
  out[thread] = total;
}
