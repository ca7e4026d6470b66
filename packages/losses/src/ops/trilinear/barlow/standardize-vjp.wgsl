// dx = dL/dloss rstd (du - mean(du) - u mean(du u)) over the batch, feature by feature, for one matrix. What was packed is
// share * u, so du = share * gradient. A thread takes four features: both means, then the values.
struct Params {
  batch: u32,
  features: u32,
  depth_quads: u32,
  rstd_first: u32,
  share: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> rows: array<vec4f>;     // [D or more, depth_quads], share * u
@group(0) @binding(1) var<storage, read> gradient: array<vec4f>; // [D or more, depth_quads]
@group(0) @binding(2) var<storage, read> rstd: array<f32>;       // from rstd_first, [D]
@group(0) @binding(3) var<storage, read> upstream: array<f32>;   // [1]
@group(0) @binding(4) var<storage, read_write> dx: array<f32>;   // [B, D]

@compute @workgroup_size(8)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let feature = group.x * 8u + thread;
  if (feature >= params.features) { return; }
  let first = feature * params.depth_quads;
  var sum = vec4f(0.0);
  var along = vec4f(0.0);
  for (var quad = 0u; quad < params.depth_quads; quad++) {
    let du = gradient[first + quad];
    sum += du;
    along = fma(du, rows[first + quad], along);
  }
  // gradient * share = du, rows / share = u: the shares of `along` cancel.
  let scale = upstream[0] * rstd[params.rstd_first + feature];
  let mean = params.share * dot(sum, vec4f(1.0)) / f32(params.batch);
  let slope = dot(along, vec4f(1.0)) / f32(params.batch) / params.share;
  for (var quad = 0u; quad < params.depth_quads; quad++) {
    let values = scale * (params.share * gradient[first + quad] - mean - slope * rows[first + quad]);
    for (var i = 0u; i < min(4u, params.batch - 4u * quad); i++) {
      dx[(4u * quad + i) * params.features + feature] = values[i];
    }
  }
}
