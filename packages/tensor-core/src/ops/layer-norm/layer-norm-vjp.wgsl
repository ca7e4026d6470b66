// dx = rstd (h - mean(h) - n mean(h n)) with h = g weight and n = (x - mean) rstd, row by row.
// As in the forward pass, each lane keeps its first two Elements in registers.
struct Params {
  rows: u32,
  length: u32,
  inverse_count: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> weight: array<Element>;
@group(0) @binding(2) var<storage, read> grad: array<Element>;
@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> rstds: array<f32>;
@group(0) @binding(5) var<storage, read_write> dx: array<Element>;

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
  let mean = means[row];
  let rstd = rstds[row];
  let ha = masked(grad[first] * weight[lane.x], first < end);
  let hb = masked(grad[second] * weight[lane.x + LANES], second < end);
  let na = masked((x[first] - mean) * rstd, first < end);
  let nb = masked((x[second] - mean) * rstd, second < end);

  var total = ha + hb;
  var along = ha * na + hb * nb;
  for (var at = rest; at < end; at += LANES) {
    let h = grad[at] * weight[at - start];
    total += h;
    along += h * ((x[at] - mean) * rstd);
  }
  let mean_h = lanes_sum(components_sum(total), lane) * params.inverse_count;
  let mean_along = lanes_sum(components_sum(along), lane) * params.inverse_count;
  if (first < end) {
    dx[first] = rstd * (ha - mean_h - na * mean_along);
  }
  if (second < end) {
    dx[second] = rstd * (hb - mean_h - nb * mean_along);
  }
  for (var at = rest; at < end; at += LANES) {
    let h = grad[at] * weight[at - start];
    dx[at] = rstd * (h - mean_h - (x[at] - mean) * rstd * mean_along);
  }
}
