// running + momentum * (batch - running) for mean and variance, the batch's variance made unbiased.
struct Params {
  size: u32,
  momentum: f32,
  unbias: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> running_mean: array<f32>;
@group(0) @binding(1) var<storage, read> running_variance: array<f32>;
@group(0) @binding(2) var<storage, read> batch_mean: array<f32>;
@group(0) @binding(3) var<storage, read> batch_variance: array<f32>;
@group(0) @binding(4) var<storage, read_write> mean: array<f32>;
@group(0) @binding(5) var<storage, read_write> variance: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) thread: vec3u) {
  let at = thread.x;
  if (at >= params.size) {
    return;
  }
  let keep = 1.0 - params.momentum;
  mean[at] = keep * running_mean[at] + params.momentum * batch_mean[at];
  variance[at] = keep * running_variance[at] + params.momentum * params.unbias * batch_variance[at];
}
