// y = exp(x - m) / s, or x - m - log(s), with m the maximum and s the sum of exp(x - m) of each line.
override LOG: bool;

struct Params {
  units: u32,
  length: u32,
  inner: u32,
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

  // Starts from a value of the line: there is no literal for -infinity.
  var largest = x[start];
  for (var at = first; at < end; at += LANES * stride) {
    largest = max(largest, x[at]);
  }
  largest = unit_max(largest, lane);
  var total = Element(0.0);
  for (var at = first; at < end; at += LANES * stride) {
    total += exp(x[at] - largest);
  }
  total = unit_sum(total, lane);
  let factor = 1.0 / total;
  let log_total = log(total);
  for (var at = first; at < end; at += LANES * stride) {
    if (LOG) {
      y[at] = x[at] - largest - log_total;
    } else {
      y[at] = exp(x[at] - largest) * factor;
    }
  }
}
