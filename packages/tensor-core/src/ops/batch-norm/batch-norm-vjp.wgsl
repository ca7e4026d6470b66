// dx = weight * rstd * (grad - share * (dbias + xn * dweight)), xn = (x - mean) * rstd column by column.
// share = 1 / rows where mean and variance come from x, 0 where they are given.
struct Params {
  size: u32,
  width: u32,
  share: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weight: array<Element>;
@group(0) @binding(2) var<storage, read> grad: array<Element>;
@group(0) @binding(3) var<storage, read> means: array<Element>;
@group(0) @binding(4) var<storage, read> rstds: array<Element>;
@group(0) @binding(5) var<storage, read> dweight: array<Element>;
@group(0) @binding(6) var<storage, read> dbias: array<Element>;
@group(0) @binding(7) var<storage, read_write> dx: array<Element>;

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
  let xn = (x[at] - means[column]) * rstds[column];
  let shared_part = params.share * (dbias[column] + xn * dweight[column]);
  dx[at] = weight[column] * rstds[column] * (grad[at] - shared_part);
}
