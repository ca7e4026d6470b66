// dx[row, indices[row, j]] = grad[row, j]; dx is zero elsewhere. The indices of a row are distinct.
struct Params {
  size: u32,
  length: u32,
  k: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> indices: array<i32>;
@group(0) @binding(1) var<storage, read> grad: array<f32>;
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.size) {
    return;
  }
  dx[thread / params.k * params.length + u32(indices[thread])] = grad[thread];
}
