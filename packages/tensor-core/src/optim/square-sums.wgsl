// sums[part] = sum of x^2 over one chunk of quads; one unit per chunk.
struct Params {
  quads: u32,
  chunk: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let part = (group.x + group.y * groups.x) * UNITS + lane.y;
  let end = min((part + 1u) * params.chunk, params.quads);
  var at = part * params.chunk + lane.x;
  var a = vec4f(0.0);
  var b = a;
  for (; at + LANES < end; at += 2u * LANES) {
    let first = x[at];
    let second = x[at + LANES];
    a += first * first;
    b += second * second;
  }
  if (at < end) {
    let last = x[at];
    a += last * last;
  }
  let four = a + b;
  let total = lanes_sum((four.x + four.y) + (four.z + four.w), lane);
  if (lane.x == 0u && part * params.chunk < params.quads) {
    sums[part] = total;
  }
}
