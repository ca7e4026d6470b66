// y = x / max(|x|, epsilon), |x| the Euclidean norm of each line.
struct Params {
  units: u32,
  length: u32,
  inner: u32,
  epsilon: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read_write> y: array<Element>;

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let unit = (group.x + group.y * groups.x) * UNITS + lane.y;
  let stride = params.inner;
  let start = unit / stride * stride * params.length + unit % stride;
  let first = start + lane.x * stride;
  let end = select(start, start + params.length * stride, unit < params.units);

  var squares = Element(0.0);
  for (var at = first; at < end; at += LANES * stride) {
    squares += x[at] * x[at];
  }
  let norm = sqrt(unit_sum(squares, lane));
  // Compilers may take the comparison alone for max(), which drops NaN.
  let epsilon = Element(params.epsilon);
  let factor = 1.0 / select(norm, epsilon, (norm < epsilon) & !is_nan(norm));
  for (var at = first; at < end; at += LANES * stride) {
    y[at] = x[at] * factor;
  }
}
