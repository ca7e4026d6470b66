// dx = y (g - sum(g y)) of softmax, or g - exp(y) sum(g) of log-softmax, line by line.
override LOG: bool;

struct Params {
  units: u32,
  length: u32,
  inner: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> y: array<Element>;
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

  var total = Element(0.0);
  for (var at = first; at < end; at += LANES * stride) {
    if (LOG) {
      total += grad[at];
    } else {
      total += grad[at] * y[at];
    }
  }
  total = unit_sum(total, lane);
  for (var at = first; at < end; at += LANES * stride) {
    if (LOG) {
      dx[at] = grad[at] - exp(y[at]) * total;
    } else {
      dx[at] = y[at] * (grad[at] - total);
    }
  }
}
