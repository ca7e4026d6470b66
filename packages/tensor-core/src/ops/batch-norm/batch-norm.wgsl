// y[r, c] = (x - mean[c]) * rstd[c] * weight[c] + bias[c], rstd = 1 / sqrt(variance + epsilon), kept for the gradient.
struct Params {
  size: u32,
  width: u32,
  epsilon: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weight: array<Element>;
@group(0) @binding(2) var<storage, read> bias: array<Element>;
@group(0) @binding(3) var<storage, read> means: array<Element>;
@group(0) @binding(4) var<storage, read> variances: array<Element>;
@group(0) @binding(5) var<storage, read_write> y: array<Element>;
@group(0) @binding(6) var<storage, read_write> rstds: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (at >= params.size) {
    return;
  }
  let column = at % params.width;
  let rstd = 1.0 / sqrt(variances[column] + params.epsilon);
  y[at] = (x[at] - means[column]) * rstd * weight[column] + bias[column];
  if (at < params.width) {
    rstds[at] = rstd;
  }
}
