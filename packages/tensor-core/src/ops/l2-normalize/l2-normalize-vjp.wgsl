// dx = (g - y (y . g)) / |x| where |x| > epsilon, g / epsilon below, and 0 along lines of zeros.
struct Params {
  units: u32,
  length: u32,
  inner: u32,
  epsilon: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read_write> dx: array<Element>;

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
  var products = Element(0.0);
  for (var at = first; at < end; at += LANES * stride) {
    squares += x[at] * x[at];
    products += x[at] * grad[at];
  }
  squares = unit_sum(squares, lane);
  products = unit_sum(products, lane);
  let norm = sqrt(squares);
  let epsilon = Element(params.epsilon);
  let clamped = norm < epsilon;
  let factor = select(1.0 / select(norm, epsilon, clamped), Element(0.0), squares == Element(0.0));
  // Factor by factor: its third power would overflow for small norms.
  let along = select(products * factor, Element(0.0), clamped);
  for (var at = first; at < end; at += LANES * stride) {
    dx[at] = (grad[at] - x[at] * factor * along) * factor;
  }
}
