// Largest value and sum of exp(x - largest) of the parts of each line, with the neighbouring lines of an Element side by
// side. Part p of a line holds the elements p, p + parts, ..., so that threads read neighbours at every step. Where JOIN is
// set, the elements are such parts themselves, with sums of their own.
override JOIN: bool;

struct Params {
  threads: u32,
  length: u32,
  inner: u32,
  parts: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> sums: array<Element>;
@group(0) @binding(2) var<storage, read_write> largest: array<Element>;
@group(0) @binding(3) var<storage, read_write> totals: array<Element>;

const WORKGROUP = 64u;
// Below every number but -infinity, which is left out of the largest: its exp(x - largest) is 0 all the same.
const LOWEST = -3.4028234e38;

fn sum_at(at: u32) -> Element {
  if (JOIN) {
    return sums[at];
  }
  return Element(1.0);
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

  var top = Element(LOWEST);
  var total = Element(0.0);
  var at = start + part * params.inner;
  for (; at + 3u * stride < end; at += 4u * stride) {
    let a = x[at];
    let b = x[at + stride];
    let c = x[at + 2u * stride];
    let d = x[at + 3u * stride];
    let next = max(top, max(max(a, b), max(c, d)));
    total = total * exp(top - next)
      + ((sum_at(at) * exp(a - next) + sum_at(at + stride) * exp(b - next))
      + (sum_at(at + 2u * stride) * exp(c - next) + sum_at(at + 3u * stride) * exp(d - next)));
    top = next;
  }
  for (; at < end; at += stride) {
    let a = x[at];
    let next = max(top, a);
    total = total * exp(top - next) + sum_at(at) * exp(a - next);
    top = next;
  }
  largest[thread] = top;
  totals[thread] = total;
}
