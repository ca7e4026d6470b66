// y = (x - mean) * rstd * weight + bias, mean and rstd = 1 / sqrt(variance + epsilon) of each row.
// One unit per row. The variance is taken about the mean, in a second pass. Each lane keeps its first two Elements
// in registers: loads are what takes time, and short rows are read once.
struct Params {
  rows: u32,
  length: u32,
  inverse_count: f32,
  epsilon: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weight: array<Element>;
@group(0) @binding(2) var<storage, read> bias: array<Element>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>;
@group(0) @binding(4) var<storage, read_write> means: array<f32>;
@group(0) @binding(5) var<storage, read_write> rstds: array<f32>;

fn masked(value: Element, inside: bool) -> Element {
  return select(Element(0.0), value, inside);
}

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let row = (group.x + group.y * groups.x) * UNITS + lane.y;
  let start = row * params.length;
  let first = start + lane.x;
  let second = first + LANES;
  let rest = second + LANES;
  let end = select(start, start + params.length, row < params.rows);
  let a = x[first];
  let b = x[second];

  var total = masked(a, first < end) + masked(b, second < end);
  for (var at = rest; at < end; at += LANES) {
    total += x[at];
  }
  let mean = lanes_sum(components_sum(total), lane) * params.inverse_count;
  let da = masked(a - mean, first < end);
  let db = masked(b - mean, second < end);
  var squares = da * da + db * db;
  for (var at = rest; at < end; at += LANES) {
    let deviation = x[at] - mean;
    squares += deviation * deviation;
  }
  let variance = lanes_sum(components_sum(squares), lane) * params.inverse_count;
  let rstd = 1.0 / sqrt(variance + params.epsilon);
  if (first < end) {
    y[first] = da * rstd * weight[lane.x] + bias[lane.x];
  }
  if (second < end) {
    y[second] = db * rstd * weight[lane.x + LANES] + bias[lane.x + LANES];
  }
  for (var at = rest; at < end; at += LANES) {
    y[at] = (x[at] - mean) * rstd * weight[at - start] + bias[at - start];
  }
  if (lane.x == 0u && row < params.rows) {
    means[row] = mean;
    rstds[row] = rstd;
  }
}
