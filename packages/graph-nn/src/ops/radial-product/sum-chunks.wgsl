// dL/dw [N, K]: the sum over the chunks whose band reaches a Gaussian, in their order.
struct Params {
  chunks: u32,
  bins: u32,
  columns: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> parts: array<vec4f>; // [chunks, K, N]
@group(0) @binding(1) var<storage, read> bands: array<vec2i>; // [chunks], first and end
@group(0) @binding(2) var<storage, read_write> weight_grad: array<f32>; // [N, K]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let quads = params.columns / 4u;
  let place = (group.x + group.y * groups.x) * 64u + local;
  let bin = place / quads;
  if (bin >= params.bins) { return; }
  var total = vec4f(0.0);
  for (var chunk = 0u; chunk < params.chunks; chunk++) {
    let band = bands[chunk];
    if (band.x <= i32(bin) && i32(bin) < band.y) {
      total += parts[chunk * params.bins * quads + place];
    }
  }
  let column = 4u * (place % quads);
  for (var i = 0u; i < 4u; i++) { weight_grad[(column + i) * params.bins + bin] = total[i]; }
}
