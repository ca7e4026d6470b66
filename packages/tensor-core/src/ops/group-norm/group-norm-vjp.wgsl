// dx = rstd (grad weight - mean(h) - xn mean(h xn)) with h = grad weight and xn = (x - mean) rstd; the means over c's group are
// given for each [n, c].
struct Params {
  size: u32,
  // Elements of one sample, and of one position.
  sample: u32,
  width: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weight: array<Element>;
@group(0) @binding(2) var<storage, read> grad: array<Element>;
@group(0) @binding(3) var<storage, read> means: array<Element>;
@group(0) @binding(4) var<storage, read> rstds: array<Element>;
@group(0) @binding(5) var<storage, read> means_h: array<Element>;
@group(0) @binding(6) var<storage, read> means_along: array<Element>;
@group(0) @binding(7) var<storage, read_write> dx: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (at >= params.size) { return; }
  let channel = at % params.width;
  let statistic = at / params.sample * params.width + channel;
  let rstd = rstds[statistic];
  let along = (x[at] - means[statistic]) * rstd * means_along[statistic];
  dx[at] = rstd * (grad[at] * weight[channel] - means_h[statistic] - along);
}
