// out[n, c] = f(scale Σ values[n, c']) over the channels c' of c's group: a statistic of the group, repeated for each of its
// channels. One thread per (n, c).
struct Params {
  size: u32,
  channels: u32,
  group_channels: u32,
  scale: f32,
  epsilon: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;
// What is made of the values: their mean, 1 / sqrt(mean + epsilon), or the mean of values times weights.
override KIND: u32;

const INVERSE_ROOT = 1u;
const WEIGHTED = 2u;

@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read> weight: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.size) { return; }
  let channel = thread % params.channels;
  let first = channel / params.group_channels * params.group_channels;
  let sample = thread - channel;
  var sum = 0.0;
  for (var other = first; other < first + params.group_channels; other++) {
    let value = values[sample + other];
    if (KIND == WEIGHTED) { sum += value * weight[other]; } else { sum += value; }
  }
  let mean = sum * params.scale;
  if (KIND == INVERSE_ROOT) { out[thread] = 1.0 / sqrt(mean + params.epsilon); } else { out[thread] = mean; }
}
