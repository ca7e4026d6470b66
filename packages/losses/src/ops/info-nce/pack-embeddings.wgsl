// A subgroup reads four rows of both embeddings. It keeps what scales them to unit length, and copies them so that the
// four lie side by side: copy[d / 2][row / 4] holds columns d and d + 1. Rows whose products could pass
// float32 count as rows of zeros.
struct Params {
  a_rows: u32,
  b_rows: u32,
  quads: u32, // D / 4
  a_quads: u32, // rows / 4, padded to whole tiles
  b_quads: u32,
  row_quads: u32, // the larger of both
  scale: f32, // 1 / temperature where it is fixed
  learned: u32,
  most: f32, // of a learned log(1 / temperature)
  epsilon: f32, // least norm that is divided by
  exponent: f32, // a score to this power is the exponential of a logit
}
var<immediate> params: Params;

override LANES: u32 = 8u;
const MOST_SQUARES = 0x1p126;
const LOG2_E = 1.4426950408889634;

@group(0) @binding(0) var<storage, read> a: array<vec4f>;
@group(0) @binding(1) var<storage, read> b: array<vec4f>;
@group(0) @binding(2) var<storage, read> log_scale: array<f32>;
@group(0) @binding(3) var<storage, read_write> a_columns: array<mat2x4f>;
@group(0) @binding(4) var<storage, read_write> b_columns: array<mat2x4f>;
// [4][row / 4]: logarithms of scores in base 2 per cosine, over |a|; 1 / |a|; 1 / |b|; then the scale and its slope.
@group(0) @binding(5) var<storage, read_write> factors: array<vec4f>;

fn inverse(squares: vec4f) -> vec4f {
  let norm = sqrt(squares);
  // NaN by its bits: compilers may take the comparison alone for max(), which drops it.
  let is_nan = (bitcast<vec4u>(norm) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  return 1.0 / select(norm, vec4f(params.epsilon), (norm < vec4f(params.epsilon)) & !is_nan);
}

// Zero for rows outside the batch.
fn within(columns: mat4x4f, inside: vec4<bool>) -> mat4x4f {
  let zero = vec4f(0.0);
  return mat4x4f(
    select(zero, columns[0], inside),
    select(zero, columns[1], inside),
    select(zero, columns[2], inside),
    select(zero, columns[3], inside),
  );
}

// Products, so that an infinite element still shows as a NaN.
fn cleared(columns: mat2x4f, rows: vec4<bool>) -> mat2x4f {
  let keep = select(vec4f(1.0), vec4f(0.0), rows);
  return mat2x4f(columns[0] * keep, columns[1] * keep);
}

// Of the rows of a block given by columns.
fn squares(x: mat4x4f) -> vec4f {
  return (x[0] * x[0] + x[1] * x[1]) + (x[2] * x[2] + x[3] * x[3]);
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let row_quad = group.x + group.y * groups.x;
  if (row_quad >= params.row_quads) { return; }
  let row = vec4u(4u * row_quad) + vec4u(0u, 1u, 2u, 3u);
  let a_inside = row < vec4u(params.a_rows);
  let b_inside = row < vec4u(params.b_rows);
  let a_start = min(row, vec4u(params.a_rows - 1u)) * params.quads;
  let b_start = min(row, vec4u(params.b_rows - 1u)) * params.quads;

  var a_squares = vec4f(0.0);
  var b_squares = vec4f(0.0);
  for (var quad = lane; quad < params.quads; quad += LANES) {
    let of_a = a_start + quad;
    let of_b = b_start + quad;
    let a_block = within(transpose(mat4x4f(a[of_a.x], a[of_a.y], a[of_a.z], a[of_a.w])), a_inside);
    let b_block = within(transpose(mat4x4f(b[of_b.x], b[of_b.y], b[of_b.z], b[of_b.w])), b_inside);
    a_squares += squares(a_block);
    b_squares += squares(b_block);
    if (row_quad < params.a_quads) {
      let to = 2u * quad * params.a_quads + row_quad;
      a_columns[to] = mat2x4f(a_block[0], a_block[1]);
      a_columns[to + params.a_quads] = mat2x4f(a_block[2], a_block[3]);
    }
    if (row_quad < params.b_quads) {
      let to = 2u * quad * params.b_quads + row_quad;
      b_columns[to] = mat2x4f(b_block[0], b_block[1]);
      b_columns[to + params.b_quads] = mat2x4f(b_block[2], b_block[3]);
    }
  }
  a_squares = subgroupAdd(a_squares);
  b_squares = subgroupAdd(b_squares);
  let a_too_long = a_squares > vec4f(MOST_SQUARES);
  let b_too_long = b_squares > vec4f(MOST_SQUARES);
  if (any(a_too_long)) {
    for (var quad = lane; quad < params.quads; quad += LANES) {
      let at = 2u * quad * params.a_quads + row_quad;
      a_columns[at] = cleared(a_columns[at], a_too_long);
      a_columns[at + params.a_quads] = cleared(a_columns[at + params.a_quads], a_too_long);
    }
  }
  if (any(b_too_long)) {
    for (var quad = lane; quad < params.quads; quad += LANES) {
      let at = 2u * quad * params.b_quads + row_quad;
      b_columns[at] = cleared(b_columns[at], b_too_long);
      b_columns[at + params.b_quads] = cleared(b_columns[at + params.b_quads], b_too_long);
    }
  }
  let a_inverse = select(vec4f(0.0), inverse(a_squares), a_inside & !a_too_long);
  let b_inverse = select(vec4f(0.0), inverse(b_squares), b_inside & !b_too_long);
  if (lane != 0u) { return; }

  let clamped = log_scale[0] > params.most;
  let learned = exp(select(log_scale[0], params.most, clamped));
  let scale = select(params.scale, learned, params.learned != 0u);
  factors[row_quad] = scale * LOG2_E / params.exponent * a_inverse;
  factors[params.row_quads + row_quad] = a_inverse;
  factors[2u * params.row_quads + row_quad] = b_inverse;
  if (row_quad == 0u) {
    factors[3u * params.row_quads] = vec4f(scale, select(scale, 0.0, clamped), 0.0, 0.0);
  }
}
