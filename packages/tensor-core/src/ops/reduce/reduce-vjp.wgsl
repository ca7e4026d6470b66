// dx[o, r, c] = grad[o, c] * weight, the gradient of a reduction of x[o, length, c]; four values per thread.
//   max, min:   weight = [x == y] / (number of such x), ties share equally
//   logSumExp:  weight = exp(x - y)
//   variance:   weight = (x - y) * scale with y the mean
// y and count are laid out like grad.
override KIND: u32;

const TIES = 0u;
const SOFTMAX = 1u;

struct Params {
  size: u32,
  length: u32,
  inner: u32,
  scale: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> y: array<f32>;
@group(0) @binding(2) var<storage, read> grad: array<f32>;
@group(0) @binding(3) var<storage, read> count: array<f32>;
@group(0) @binding(4) var<storage, read_write> dx: array<vec4f>;

fn weight(value: vec4f, pivot: vec4f, ties: vec4f) -> vec4f {
  switch KIND {
    case TIES: {
      return select(vec4f(0.0), 1.0 / ties, value == pivot);
    }
    case SOFTMAX: {
      return exp(value - select(pivot, vec4f(0.0), abs(pivot) > vec4f(3.4028234e38)));
    }
    default: {
      return (value - pivot) * params.scale;
    }
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread * 4u >= params.size) {
    return;
  }
  let position = vec4u(thread * 4u) + vec4u(0u, 1u, 2u, 3u);
  var at = position / (params.length * params.inner);
  if (params.inner > 1u) {
    at = at * params.inner + position % params.inner;
  }
  let pivot = vec4f(y[at.x], y[at.y], y[at.z], y[at.w]);
  let factor = vec4f(grad[at.x], grad[at.y], grad[at.z], grad[at.w]);
  var ties = vec4f(1.0);
  if (KIND == TIES) {
    ties = vec4f(count[at.x], count[at.y], count[at.z], count[at.w]);
  }
  dx[thread] = factor * weight(x[thread], pivot, ties);
}
