// dW[o, c, tap] = Σ over splits of parts[split, group of o, (tap, c), o], in the order of the splits.
struct Params {
  size: u32,
  taps: u32,
  // Channels of the source, and of the result, that belong to one group.
  depth: u32,
  columns: u32,
  row_stride: u32,
  splits: u32,
  split_stride: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> parts: array<f32>;
@group(0) @binding(1) var<storage, read_write> weights: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (at >= params.size) { return; }
  let tap = at % params.taps;
  let channel = at / params.taps % params.depth;
  let result = at / (params.taps * params.depth);
  let row = (result / params.columns * params.taps + tap) * params.depth + channel;
  let place = row * params.row_stride + result % params.columns;
  var sum = 0.0;
  for (var split = 0u; split < params.splits; split++) {
    sum += parts[split * params.split_stride + place];
  }
  weights[at] = sum;
}
