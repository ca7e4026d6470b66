// norm = sqrt(sum of the parts), scale = min(1, clip / (norm + epsilon)); one unit. A clip of 0 stands for none.
struct Params {
  parts: u32,
  clip: f32,
  epsilon: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> norm: array<f32>;
@group(0) @binding(2) var<storage, read_write> scale: array<f32>;

@compute @workgroup_size(LANES, UNITS)
fn main(@builtin(local_invocation_id) lane: vec3u) {
  var own = 0.0;
  for (var part = lane.x; part < params.parts; part += LANES) {
    own += sums[part];
  }
  let length = sqrt(lanes_sum(own, lane));
  if (lane.x == 0u && lane.y == 0u) {
    norm[0] = length;
    scale[0] = select(1.0, min(1.0, params.clip / (length + params.epsilon)), params.clip > 0.0);
  }
}
