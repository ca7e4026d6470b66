// dL/da and dL/db of a row of each, a subgroup per row; the first rows are pairs. h is the sum of softmaxes times unit
// rows of the other embedding, without the own pair; with that, g = h + own other is N dL/d(x / |x|) per scale for a
// loss that is the mean of N terms, and dx = k (g - x' (x' . g)) / |x| with x' = x / |x| and k = dL * scale / N. As
// l2Normalize's: below epsilon dx = k g / epsilon, and 0 for a row of zeros or one that counts as such.
struct Params {
  a_rows: u32,
  b_rows: u32,
  columns: u32, // D
  quads: u32, // D / 4, rounded up
  h_quads: u32, // D / 4, padded
  h_of_b: u32, // where h of b starts
  stride: u32, // of the summary
  lacks: u32, // where it has what the softmaxes of own pairs lack of 1
  own_weights: u32, // and weights of own pairs: for a, then for b, then the scale and its slope
  wants_a: u32, // whether h_a was made and dL/da is wanted
  wants_b: u32,
  terms: f32, // N
  margin: f32,
  epsilon: f32,
}
var<immediate> params: Params;

override LANES: u32 = 8u;
override UNITS: u32 = 8u;
const MOST_SQUARES = 0x1p126; // as in pack-embeddings.wgsl

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> h: array<vec4f>; // of a, then of b [rows, D], padded
@group(0) @binding(3) var<storage, read> summary: array<vec4f>;
@group(0) @binding(4) var<storage, read> loss_grad: array<f32>;
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
  if (squares > MOST_SQUARES) { return Step(0.0, 0.0, 0.0); }
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
  let a_row = min(unit, params.a_rows - 1u);
  let b_row = min(unit, params.b_rows - 1u);
  let a_end = select(0u, params.quads, unit < params.a_rows);
  let b_end = select(0u, params.quads, unit < params.b_rows);
  let a_start = a_row * params.quads;
  let b_start = b_row * params.quads;
  let ha_start = a_row * params.h_quads;
  let hb_start = params.h_of_b + b_row * params.h_quads;
  let row = max(a_row, b_row); // of the summary, which has weight 0 after the pairs
  let own_a = summary[params.own_weights + row / 4u][row % 4u];
  let own_b = summary[params.own_weights + params.stride + row / 4u][row % 4u];

  // The first four quads of a lane stay in registers: a load costs a CPU more than all that is done with it.
  let quads = vec4u(lane.x) + LANES * vec4u(0u, 1u, 2u, 3u);
  let a_inside = quads < vec4u(a_end);
  let b_inside = quads < vec4u(b_end);
  let at = min(quads, vec4u(params.quads - 1u));
  let a0 = within(a[a_start + at.x], a_inside.x);
  let a1 = within(a[a_start + at.y], a_inside.y);
  let a2 = within(a[a_start + at.z], a_inside.z);
  let a3 = within(a[a_start + at.w], a_inside.w);
  let b0 = within(b[b_start + at.x], b_inside.x);
  let b1 = within(b[b_start + at.y], b_inside.y);
  let b2 = within(b[b_start + at.z], b_inside.z);
  let b3 = within(b[b_start + at.w], b_inside.w);
  let ga0 = within(h[ha_start + at.x], a_inside.x) + own_a * b0;
  let ga1 = within(h[ha_start + at.y], a_inside.y) + own_a * b1;
  let ga2 = within(h[ha_start + at.z], a_inside.z) + own_a * b2;
  let ga3 = within(h[ha_start + at.w], a_inside.w) + own_a * b3;
  let gb0 = within(h[hb_start + at.x], b_inside.x) + own_b * a0;
  let gb1 = within(h[hb_start + at.y], b_inside.y) + own_b * a1;
  let gb2 = within(h[hb_start + at.z], b_inside.z) + own_b * a2;
  let gb3 = within(h[hb_start + at.w], b_inside.w) + own_b * a3;
  var a_squares = (a0 * a0 + a1 * a1) + (a2 * a2 + a3 * a3);
  var b_squares = (b0 * b0 + b1 * b1) + (b2 * b2 + b3 * b3);
  var a_products = (a0 * ga0 + a1 * ga1) + (a2 * ga2 + a3 * ga3);
  var b_products = (b0 * gb0 + b1 * gb1) + (b2 * gb2 + b3 * gb3);
  for (var quad = lane.x + 4u * LANES; quad < max(a_end, b_end); quad += LANES) {
    let x = within(a[a_start + quad], a_end > 0u);
    let y = within(b[b_start + quad], b_end > 0u);
    a_squares += x * x;
    b_squares += y * y;
    a_products += x * (h[ha_start + quad] + own_a * y);
    b_products += y * (h[hb_start + quad] + own_b * x);
  }
  let share = loss_grad[0] / params.terms;
  let scales = summary[params.own_weights + 2u * params.stride];
  let of_a = step_of(a_squares, a_products, share * scales.x);
  let of_b = step_of(b_squares, b_products, share * scales.x);

  if (params.wants_a != 0u) {
    if (a_inside.x) { store_da(a_row, quads.x, of_a.first * ga0 + of_a.second * a0); }
    if (a_inside.y) { store_da(a_row, quads.y, of_a.first * ga1 + of_a.second * a1); }
    if (a_inside.z) { store_da(a_row, quads.z, of_a.first * ga2 + of_a.second * a2); }
    if (a_inside.w) { store_da(a_row, quads.w, of_a.first * ga3 + of_a.second * a3); }
  }
  if (params.wants_b != 0u) {
    if (b_inside.x) { store_db(b_row, quads.x, of_b.first * gb0 + of_b.second * b0); }
    if (b_inside.y) { store_db(b_row, quads.y, of_b.first * gb1 + of_b.second * b1); }
    if (b_inside.z) { store_db(b_row, quads.z, of_b.first * gb2 + of_b.second * b2); }
    if (b_inside.w) { store_db(b_row, quads.w, of_b.first * gb3 + of_b.second * b3); }
  }
  for (var quad = lane.x + 4u * LANES; quad < max(a_end, b_end); quad += LANES) {
    let x = within(a[a_start + quad], a_end > 0u);
    let y = within(b[b_start + quad], b_end > 0u);
    if (params.wants_a != 0u && a_end > 0u) {
      store_da(a_row, quad, of_a.first * (h[ha_start + quad] + own_a * y) + of_a.second * x);
    }
    if (params.wants_b != 0u && b_end > 0u) {
      store_db(b_row, quad, of_b.first * (h[hb_start + quad] + own_b * x) + of_b.second * y);
    }
  }
  let of_scale = select(of_b.slope, of_a.slope, params.wants_a != 0u);
  let has_share = unit < select(params.b_rows, params.a_rows, params.wants_a != 0u);
  if (has_share && lane.x == 0u) {
    let lack = summary[params.lacks + row / 4u][row % 4u];
    scale_grad[unit] = (of_scale + lack * params.margin) * share * scales.y;
  }
}
