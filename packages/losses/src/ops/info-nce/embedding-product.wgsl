// h[i, d] = sum over k of (softmax along i + softmax along k)[i, k] right[k, d] / |right[k]|, for h of either embedding:
// one subgroup makes a tile of h in registers, as matmul does. The softmaxes are powers of the scores with the weights
// of i and of k, the score of i = k is 0. Lines at the marks are written by tile-source.ts.
struct Params {
  pairs: u32, // k / 2, rounded up
  tiles: u32,
  tile_columns: u32,
  // From one block of scores to the next: along four i, two i, two k.
  quad_stride: u32,
  half_stride: u32,
  pair_stride: u32,
  across: u32, // whether blocks hold rows of i, not of k
  first_quad: u32, // where the scores start, i / 4
  first_k: u32, // and k, even
  last_k: u32, // of all rows of `right`
  right_quads: u32, // D / 4
  h_quads: u32, // D / 4, padded to whole tiles
  weights: u32, // where those of i start in `summary`
  pair_weights: u32, // and those of pairs of k
}
var<immediate> params: Params;

override LANES: u32 = 8u;
override LOADS: u32 = 1u;

@group(0) @binding(0) var<storage, read> scores: array<vec4f>; // blocks of two i x two k
@group(0) @binding(1) var<storage, read> right: array<vec4f>; // [k, D]
@group(0) @binding(2) var<storage, read> summary: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> h: array<vec4f>;

fn power(root: vec4f) -> vec4f {
  var value = root;
  // [power]
  return value;
}

// Both softmaxes of four i at k, over the length of row k.
fn weighted(score: vec4f, weight: vec4f, k_weight: f32, inverse: f32) -> vec4f {
  return (power(score * weight) + power(score * k_weight)) * inverse;
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let index = group.x + group.y * groups.x;
  if (index >= params.tiles) { return; }
  let row_quad = index / params.tile_columns * LANES;
  let column_quad = index % params.tile_columns * LANES * LOADS + lane;
  let quad = params.first_quad + row_quad + lane;
  let weight = summary[params.weights + quad];
  let block = (row_quad + lane) * params.quad_stride;
  let pair_place = params.pair_weights + params.first_k / 2u;
  // [places]
  // [accumulators]
  for (var pair = 0u; pair < params.pairs; pair++) {
    let k = params.first_k + 2u * pair;
    let first = scores[block + pair * params.pair_stride];
    let second = scores[block + pair * params.pair_stride + params.half_stride];
    let middle = select(vec4f(first.yz, second.yz), vec4f(first.zy, second.zy), params.across != 0u);
    // One lane loads for all: on a CPU the lanes load one after another.
    var of_pair = vec4f(0.0);
    if (lane == 0u) { of_pair = summary[pair_place + pair]; }
    let of_k = subgroupBroadcast(of_pair, 0u);
    let rows_here = weighted(vec4f(first.x, middle.x, second.x, middle.z), weight, of_k.x, of_k.y);
    let rows_next = weighted(vec4f(middle.y, first.w, middle.w, second.w), weight, of_k.z, of_k.w);
    let place = k * params.right_quads;
    let next = min(k + 1u, params.last_k) * params.right_quads;
    // [columns]
    // [products]
  }
  let h_place = 4u * (params.first_quad + row_quad) * params.h_quads + column_quad;
  // [stores]
}
