// dx = y (g - total) of softmax with total = sum(g y) of each line, or g - exp(y) total of log-softmax with total = sum(g).
// One Element a thread; a Line is what the lines of an Element have in memory.
override LOG: bool;

struct Params {
  threads: u32,
  length: u32,
  inner: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> y: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read> totals: array<Line>;
@group(0) @binding(3) var<storage, read_write> dx: array<Element>;

const WORKGROUP = 64u;

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
  let line = thread / (params.length * params.inner) * params.inner + thread % params.inner;
  let total = Element(totals[line]);
  if (LOG) {
    dx[thread] = grad[thread] - exp(y[thread]) * total;
  } else {
    dx[thread] = y[thread] * (grad[thread] - total);
  }
}
