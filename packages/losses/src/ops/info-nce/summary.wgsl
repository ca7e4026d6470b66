// From the parts of all tiles, for each row and each column of the powers 2^l of scores: r = log2 of their sum, the weight
// that a score is multiplied with before it is raised to a softmax, and what the own pair's softmax lacks of 1. After the
// last chunk of rows the loss, with o the own power and n the sum of the others,
//   L = mean over rows and columns that ask of log(1 + n / o).
// The first P rows and columns are pairs; the others, and all in a direction that is not asked for, have no softmax of
// their own: weight 0. The margin lowers own powers here, where they are logarithms.
// One subgroup: there is one value for each row of a tile, and a launch costs more than reading them.
struct Params {
  pairs: u32, // P
  right_quads: u32, // columns / 4, padded
  stride: u32, // of the summary
  first_quad: u32,
  chunk_quads: u32,
  column_parts: u32,
  tile_rows: u32,
  tile_columns: u32,
  last: u32, // whether no chunk follows
  forward: u32, // whether rows ask
  backward: u32, // whether columns do
  terms: f32, // how many ask
  margin: f32, // of cosines
  exponent: f32, // a score to this power is 2^l
}
var<immediate> params: Params;

override LANES: u32 = 8u;
const LOG2_E = 1.4426950408889634;
const LOG_2 = 0.6931471805599453;
const LEAST = 1e-37;

@group(0) @binding(0) var<storage, read> parts: array<vec4f>;
@group(0) @binding(1) var<storage, read> factors: array<vec4f>;
// In rows of `stride`: 0 own scores, 1 log2 of sums of columns so far without own pairs, 2 log(1 + n / o) and
// 3 n / (n + o) of rows, in the end of rows and columns, 4 weights of rows, 5 of columns; 6, 7 for pairs of columns and
// 8, 9 for pairs of rows: weight, 1 / length, weight, 1 / length; 10 and 11 what a row of b, and of a, is multiplied with
// for the own pair's gradient; 12 the scale and its slope.
@group(0) @binding(2) var<storage, read_write> summary: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;

struct Sum {
  largest: vec4f,
  total: vec4f,
}

fn merged(a: Sum, b: Sum) -> Sum {
  let largest = max(a.largest, b.largest);
  return Sum(largest, a.total * exp2(a.largest - largest) + b.total * exp2(b.largest - largest));
}

fn sum_of_parts(first: u32, stride: u32, count: u32) -> Sum {
  var sum = Sum(parts[first], parts[first + stride]);
  for (var part = 1u; part < count; part++) {
    let at = first + 2u * part * stride;
    sum = merged(sum, Sum(parts[at], parts[at + stride]));
  }
  return sum;
}

struct Softmax {
  r: vec4f,
  loss: vec4f, // log(1 + n / o)
  lack: vec4f, // n / (n + o)
}

// Of own powers 2^own beside the sum of all others.
fn softmax_of(own: vec4f, others: Sum) -> Softmax {
  let largest = max(others.largest, own);
  let n = others.total * exp2(others.largest - largest);
  let o = exp2(own - largest);
  let r = largest + log2(n + o);
  let x = n / max(o, vec4f(LEAST));
  let near = x * (1.0 - x * (0.5 - x * (1.0 / 3.0 - x * 0.25)));
  return Softmax(r, select((r - own) * LOG_2, near, x < vec4f(0.03)), n / (n + o));
}

// Writes what products need of four rows or columns; no weight for those that do not ask.
fn write_weights(quad: u32, r: vec4f, asks: vec4<bool>, inverse: vec4f, to: u32, pairs_to: u32) {
  let weight = select(vec4f(0.0), exp2(-r / params.exponent), asks);
  summary[to * params.stride + quad] = weight;
  let pairs = pairs_to * params.stride + 2u * quad;
  summary[pairs] = vec4f(weight.x, inverse.x, weight.y, inverse.y);
  summary[pairs + 1u] = vec4f(weight.z, inverse.z, weight.w, inverse.w);
}

@compute @workgroup_size(LANES)
fn main(@builtin(subgroup_invocation_id) lane: u32) {
  let quads = params.stride;
  let lowered = factors[3u * quads].x * params.margin * LOG2_E;
  var terms = vec4f(0.0);
  for (var quad = lane; quad < quads; quad += LANES) {
    let paired = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.pairs);
    let row_asks = paired & vec4<bool>(params.forward != 0u);
    let column_asks = paired & vec4<bool>(params.backward != 0u);
    let a_inverse = factors[quads + quad];
    let b_inverse = factors[2u * quads + quad];
    let own = log2(summary[quad]) * params.exponent - lowered;
    let local = quad - params.first_quad;
    if (quad >= params.first_quad && local < params.chunk_quads) {
      let of_row = softmax_of(own, sum_of_parts(local, params.chunk_quads, params.tile_columns));
      summary[2u * quads + quad] = select(vec4f(0.0), of_row.loss, row_asks);
      summary[3u * quads + quad] = select(vec4f(0.0), of_row.lack, row_asks);
      write_weights(quad, of_row.r, row_asks, a_inverse, 4u, 8u);
    }
    var of_column = Softmax(vec4f(0.0), vec4f(0.0), vec4f(0.0));
    if (quad < params.right_quads) {
      var others = sum_of_parts(params.column_parts + quad, params.right_quads, params.tile_rows);
      if (params.first_quad > 0u) {
        others = merged(others, Sum(summary[quads + quad], vec4f(1.0)));
      }
      summary[quads + quad] = others.largest + log2(max(others.total, vec4f(LEAST)));
      if (params.last != 0u) {
        of_column = softmax_of(own, others);
        write_weights(quad, of_column.r, column_asks, b_inverse, 5u, 6u);
      }
    }
    if (params.last != 0u) {
      // Outside the pairs nothing was written.
      let lack = select(vec4f(0.0), summary[3u * quads + quad], paired) + select(vec4f(0.0), of_column.lack, column_asks);
      summary[3u * quads + quad] = lack;
      summary[10u * quads + quad] = -lack * b_inverse;
      summary[11u * quads + quad] = -lack * a_inverse;
      terms += select(vec4f(0.0), summary[2u * quads + quad] + select(vec4f(0.0), of_column.loss, column_asks), paired);
    }
  }
  let sum = subgroupAdd((terms.x + terms.y) + (terms.z + terms.w));
  if (lane == 0u) {
    loss[0] = sum / params.terms;
    summary[12u * quads] = factors[3u * quads];
  }
}
