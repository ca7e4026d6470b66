// dL/da and dL/db of a pair of rows, a subgroup per pair. h is the sum of softmaxes times unit rows of the other
// embedding, without the own pair; with that, g = h + own other is 2 B dL/d(x / |x|) per scale, and
// dx = k (g - x' (x' . g)) / |x| with x' = x / |x| and k = dL * scale / (2 B). As l2Normalize's: below epsilon
// dx = k g / epsilon, and 0 for a row of zeros.
struct Params {
  rows: u32,
  quads: u32, // D / 4
  row_quads: u32, // B / 4, padded to whole tiles
  h_quads: u32, // D / 4, padded
  own_weights: u32, // where those of own pairs start in `summary`: for a, then for b, then the scale and its slope
  wants_a: u32, // whether h_a was made and dL/da is wanted
  wants_b: u32,
  epsilon: f32,
}
var<immediate> params: Params;

override LANES: u32 = 8u;
override UNITS: u32 = 8u;

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> h: array<vec4f>; // of a, of b [2][B, D], padded
@group(0) @binding(3) var<storage, read> summary: array<vec4f>;
@group(0) @binding(4) var<storage, read> loss_grad: array<f32>;
@group(0) @binding(5) var<storage, read_write> da: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> db: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> scale_grad: array<f32>; // each row's share of dL/d(log scale)

// What makes dx = first g + second x of a row.
struct Step {
  first: f32,
  second: f32,
  slope: f32, // x' . g
}

fn step_of(square4: vec4f, product4: vec4f, k: f32) -> Step {
  let squares = subgroupAdd((square4.x + square4.y) + (square4.z + square4.w));
  let product = subgroupAdd((product4.x + product4.y) + (product4.z + product4.w));
  let norm = sqrt(squares);
  let clamped = norm < params.epsilon;
  let inverse = 1.0 / select(norm, params.epsilon, clamped);
  let factor = select(inverse, 0.0, squares == 0.0);
  // Factor by factor: its third power would overflow for small norms.
  let along = select(product * factor, 0.0, clamped) * factor;
  return Step(k * factor, -along * k * factor, product * inverse);
}

fn within(value: vec4f, inside: bool) -> vec4f {
  return select(vec4f(0.0), value, inside);
}

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let unit = (group.x + group.y * groups.x) * UNITS + lane.y;
  let valid = unit < params.rows;
  let row = min(unit, params.rows - 1u);
  let end = select(0u, params.quads, valid);
  let start = row * params.quads;
  let a_start = row * params.h_quads;
  let b_start = (4u * params.row_quads + row) * params.h_quads;
  let own_a = summary[params.own_weights + row / 4u][row % 4u];
  let own_b = summary[params.own_weights + params.row_quads + row / 4u][row % 4u];

  // The first four quads of a lane stay in registers: a load costs a CPU more than all that is done with it.
  let quads = vec4u(lane.x) + LANES * vec4u(0u, 1u, 2u, 3u);
  let inside = quads < vec4u(end);
  let at = min(quads, vec4u(params.quads - 1u));
  let a0 = within(a[start + at.x], inside.x);
  let a1 = within(a[start + at.y], inside.y);
  let a2 = within(a[start + at.z], inside.z);
  let a3 = within(a[start + at.w], inside.w);
  let b0 = within(b[start + at.x], inside.x);
  let b1 = within(b[start + at.y], inside.y);
  let b2 = within(b[start + at.z], inside.z);
  let b3 = within(b[start + at.w], inside.w);
  let ga0 = within(h[a_start + at.x], inside.x) + own_a * b0;
  let ga1 = within(h[a_start + at.y], inside.y) + own_a * b1;
  let ga2 = within(h[a_start + at.z], inside.z) + own_a * b2;
  let ga3 = within(h[a_start + at.w], inside.w) + own_a * b3;
  let gb0 = within(h[b_start + at.x], inside.x) + own_b * a0;
  let gb1 = within(h[b_start + at.y], inside.y) + own_b * a1;
  let gb2 = within(h[b_start + at.z], inside.z) + own_b * a2;
  let gb3 = within(h[b_start + at.w], inside.w) + own_b * a3;
  var a_squares = (a0 * a0 + a1 * a1) + (a2 * a2 + a3 * a3);
  var b_squares = (b0 * b0 + b1 * b1) + (b2 * b2 + b3 * b3);
  var a_products = (a0 * ga0 + a1 * ga1) + (a2 * ga2 + a3 * ga3);
  var b_products = (b0 * gb0 + b1 * gb1) + (b2 * gb2 + b3 * gb3);
  for (var quad = lane.x + 4u * LANES; quad < end; quad += LANES) {
    let x = a[start + quad];
    let y = b[start + quad];
    a_squares += x * x;
    b_squares += y * y;
    a_products += x * (h[a_start + quad] + own_a * y);
    b_products += y * (h[b_start + quad] + own_b * x);
  }
  let share = loss_grad[0] / (2.0 * f32(params.rows));
  let scales = summary[params.own_weights + 2u * params.row_quads];
  let of_a = step_of(a_squares, a_products, share * scales.x);
  let of_b = step_of(b_squares, b_products, share * scales.x);

  if (params.wants_a != 0u) {
    if (inside.x) { da[start + quads.x] = of_a.first * ga0 + of_a.second * a0; }
    if (inside.y) { da[start + quads.y] = of_a.first * ga1 + of_a.second * a1; }
    if (inside.z) { da[start + quads.z] = of_a.first * ga2 + of_a.second * a2; }
    if (inside.w) { da[start + quads.w] = of_a.first * ga3 + of_a.second * a3; }
  }
  if (params.wants_b != 0u) {
    if (inside.x) { db[start + quads.x] = of_b.first * gb0 + of_b.second * b0; }
    if (inside.y) { db[start + quads.y] = of_b.first * gb1 + of_b.second * b1; }
    if (inside.z) { db[start + quads.z] = of_b.first * gb2 + of_b.second * b2; }
    if (inside.w) { db[start + quads.w] = of_b.first * gb3 + of_b.second * b3; }
  }
  for (var quad = lane.x + 4u * LANES; quad < end; quad += LANES) {
    let x = a[start + quad];
    let y = b[start + quad];
    if (params.wants_a != 0u) { da[start + quad] = of_a.first * (h[a_start + quad] + own_a * y) + of_a.second * x; }
    if (params.wants_b != 0u) { db[start + quad] = of_b.first * (h[b_start + quad] + own_b * x) + of_b.second * y; }
  }
  if (valid && lane.x == 0u) {
    scale_grad[row] = select(of_b.slope, of_a.slope, params.wants_a != 0u) * share * scales.y;
  }
}
