// y = exp(x - largest) / total, or x - largest - log(total), by the largest value and the sum of exp(x - largest) of each
// line. One Element a thread; a Line is what the lines of an Element have in memory.
override LOG: bool;

struct Params {
  threads: u32,
  length: u32,
  inner: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> largest: array<Line>;
@group(0) @binding(2) var<storage, read> totals: array<Line>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>;

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
  let shifted = x[thread] - Element(largest[line]);
  if (LOG) {
    // Where all of a line is -infinity, 0 / 0 is NaN: some drivers' log(0) is finite.
    y[thread] = select(shifted - log(total), exp(shifted) / total, total == Element(0.0));
  } else {
    y[thread] = exp(shifted) / total;
  }
}
