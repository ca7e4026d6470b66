// Column sums of grad * xn and of grad, xn = (x - mean) * rstd, over chunks of rows: of_weight[part, c] and of_bias[part, c].
// One thread per (part, c).
struct Params {
  rows: u32,
  width: u32,
  chunk: u32,
  chunks: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(4) var<storage, read_write> of_weight: array<Element>;
@group(0) @binding(5) var<storage, read_write> of_bias: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let column = thread % params.width;
  let part = thread / params.width;
  if (part >= params.chunks) {
    return;
  }
  let begin = part * params.chunk;
  let end = min(begin + params.chunk, params.rows);
  var weight_sum = Element(0.0);
  var bias_sum = Element(0.0);
  for (var row = begin; row < end; row++) {
    let at = row * params.width + column;
    let g = grad[at];
    weight_sum += g * normalized(x[at], row, column);
    bias_sum += g;
  }
  of_weight[thread] = weight_sum;
  of_bias[thread] = bias_sum;
}
