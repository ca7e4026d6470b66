// out[o, part, c] = reduction over one chunk of the middle axis of x[o, length, c].
// One thread per (o, part, c), c running over `inner` Elements: neighbouring threads load neighbouring Elements.
struct Params {
  threads: u32,
  length: u32,
  inner: u32,
  chunk: u32,
  chunks: u32,
  scale: f32,
  infinity: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> shifts: array<Element>;
@group(0) @binding(2) var<storage, read_write> out: array<Element>;

fn folded(kind: u32, first: u32, count: u32, shift: Element) -> Element {
  let stride = params.inner;
  let end = first + count * stride;
  var at = first;
  var a = neutral(kind);
  var b = a;
  var c = a;
  var d = a;
  for (; at + 3u * stride < end; at += 4u * stride) {
    a = merged(kind, a, mapped(kind, x[at], shift));
    b = merged(kind, b, mapped(kind, x[at + stride], shift));
    c = merged(kind, c, mapped(kind, x[at + 2u * stride], shift));
    d = merged(kind, d, mapped(kind, x[at + 3u * stride], shift));
  }
  for (; at < end; at += stride) {
    a = merged(kind, a, mapped(kind, x[at], shift));
  }
  return merged(kind, merged(kind, a, b), merged(kind, c, d));
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
  let part = (thread / params.inner) % params.chunks;
  let outer = thread / (params.inner * params.chunks);
  let begin = part * params.chunk;
  let count = min(params.chunk, params.length - begin);
  let first = (outer * params.length + begin) * params.inner + column;
  if (KIND == LOG_SUM_EXP) {
    let largest = folded(MAX, first, count, Element(0.0));
    let total = folded(EXP_SUM, first, count, finite_shift(largest));
    out[thread] = log_total(largest, total);
  } else {
    let shift = shifts[outer * params.inner + column];
    out[thread] = folded(KIND, first, count, shift) * params.scale;
  }
}
