// u = (x - mean) / sqrt(variance + epsilon) over the batch, feature by feature, packed as operands of a trilinear product; the first
// matrix is divided by B too. A thread takes four features of one matrix: mean, then variance about it, then the values.
struct Params {
  batch: u32,
  features: u32,
  padded: u32,
  pairs: u32, // depths / 2, at least B/2
  epsilon: f32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read_write> packed: array<mat4x2f>; // [3, pairs, padded/4]
@group(0) @binding(4) var<storage, read_write> rstd: array<vec4f>;     // [3, padded/4], 1 / sqrt(variance + epsilon)

// Numbers beyond are taken as these, so that sums of squares stay finite. NaN stays NaN.
const LARGEST = 0x1p50;

fn feature_at(which: u32, row: u32, quad: u32) -> vec4f {
  let x = features_at(which, row, quad);
  return select(select(x, vec4f(LARGEST), x > vec4f(LARGEST)), vec4f(-LARGEST), x < vec4f(-LARGEST));
}

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let quad = group.x * 8u + thread;
  if (4u * quad >= params.padded) { return; }
  let which = group.y;
  let rows = f32(params.batch);

  var sum = vec4f(0.0);
  for (var row = 0u; row < params.batch; row += 2u) {
    sum += feature_at(which, row, quad) + select(vec4f(0.0), feature_at(which, row + 1u, quad), row + 1u < params.batch);
  }
  let mean = sum / rows;
  var squares = vec4f(0.0);
  for (var row = 0u; row < params.batch; row += 2u) {
    let even = feature_at(which, row, quad) - mean;
    let odd = select(vec4f(0.0), feature_at(which, row + 1u, quad) - mean, row + 1u < params.batch);
    squares += even * even + odd * odd;
  }
  let reciprocal = inverseSqrt(squares / rows + params.epsilon);
  let kept = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.features);
  rstd[which * (params.padded / 4u) + quad] = select(vec4f(0.0), reciprocal, kept);
  let factor = select(vec4f(0.0), reciprocal * select(1.0, 1.0 / rows, which == 0u), kept);
  for (var pair = 0u; pair < params.pairs; pair++) {
    let row = 2u * pair;
    let even = select(vec4f(0.0), factor * (feature_at(which, row, quad) - mean), row < params.batch);
    let odd = select(vec4f(0.0), factor * (feature_at(which, row + 1u, quad) - mean), row + 1u < params.batch);
    let interleaved = mat4x2f(even.x, odd.x, even.y, odd.y, even.z, odd.z, even.w, odd.w);
    let in_turn = mat4x2f(even.xy, even.zw, odd.xy, odd.zw);
    let place = (which * params.pairs + pair) * (params.padded / 4u) + quad;
    if (which < 2u) { packed[place] = interleaved; } else { packed[place] = in_turn; }
  }
}
