// Sums of grad and of grad * xn, xn = (x - mean) * rstd, over chunks of the positions of each sample: [n, part, c]. One thread per
// (n, part, c).
struct Params {
  threads: u32,
  positions: u32,
  width: u32,
  chunk: u32,
  chunks: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read> means: array<Element>;
@group(0) @binding(3) var<storage, read> rstds: array<Element>;
@group(0) @binding(4) var<storage, read_write> of_grad: array<Element>;
@group(0) @binding(5) var<storage, read_write> of_along: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.threads) { return; }
  let channel = thread % params.width;
  let part = thread / params.width % params.chunks;
  let sample = thread / (params.width * params.chunks);
  let mean = means[sample * params.width + channel];
  let begin = part * params.chunk;
  let end = min(begin + params.chunk, params.positions);
  var grad_sum = Element(0.0);
  var along_sum = Element(0.0);
  for (var position = begin; position < end; position++) {
    let at = (sample * params.positions + position) * params.width + channel;
    let g = grad[at];
    grad_sum += g;
    along_sum += g * (x[at] - mean);
  }
  of_grad[thread] = grad_sum;
  of_along[thread] = along_sum * rstds[sample * params.width + channel];
}
