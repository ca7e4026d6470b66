// One subgroup makes a tile of scores in registers, as matmul does. The score of a pair is a root of the exponential of
// its logit, s[i, j] = exp(scale cos(a_i, b_j))^(1 / 2^m): it fits float32 for any scale that m was chosen for, and
// powers of it with any common factor are softmaxes. From the tile the subgroup takes, for each of its rows and columns,
// the logarithm of the largest power and the sum of powers over it. A pair's own score is kept apart, so that what it
// lacks of 1 as a softmax is a sum of the others and not a difference. It is stored as 0, as are scores outside the
// batch. Lines at the marks are written by tile-source.ts.
struct Params {
  left_rows: u32, // of a
  right_rows: u32, // of b
  left_quads: u32, // rows / 4, padded to whole tiles
  right_quads: u32,
  stride: u32, // the larger of both
  pairs: u32, // D / 2, rounded up
  first_quad: u32, // where the chunk of rows starts
  chunk_quads: u32, // rows of the chunk / 4
  column_parts: u32, // where those of columns start
}
var<immediate> params: Params;

override LANES: u32 = 8u;
override LOADS: u32 = 1u;
const FAR = -1e30;
const LEAST = 1e-37;

@group(0) @binding(0) var<storage, read> left: array<mat2x4f>; // a, [D / 2][B / 4]
@group(0) @binding(1) var<storage, read> right: array<mat2x4f>; // b, [D / 2][right_quads]
@group(0) @binding(2) var<storage, read> factors: array<vec4f>;
// Largest powers in base 2 and sums: of rows [tile columns][2][chunk / 4], then of columns [tile rows][2][right_quads].
@group(0) @binding(3) var<storage, read_write> parts: array<vec4f>;
// Blocks of two rows x two columns [chunk / 2][2 right_quads]: as cheap to read along rows as along columns.
@group(0) @binding(4) var<storage, read_write> scores: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> own: array<vec4f>; // scores [i, i], [stride]

fn power(root: vec4f) -> vec4f {
  var value = root;
  // [power]
  return value;
}

fn outside(quad: u32, rows: u32) -> vec4f {
  return select(vec4f(0.0), vec4f(FAR), vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u) >= vec4u(rows));
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let tile_columns = params.right_quads / (LANES * LOADS);
  let index = group.x + group.y * groups.x;
  let tile_row = index / tile_columns;
  let tile_column = index % tile_columns;
  let row_quad = tile_row * LANES;
  if (row_quad >= params.chunk_quads) { return; }
  let column_quad = tile_column * LANES * LOADS + lane;
  let left_quad = params.first_quad + row_quad + lane;

  // [accumulators]
  for (var pair = 0u; pair < params.pairs; pair++) {
    let rows = left[left_quad + pair * params.left_quads];
    // [columns]
    // [products]
  }

  let row_factors = factors[left_quad];
  let row_outside = outside(left_quad, params.left_rows);
  let place = 2u * (2u * row_quad * params.right_quads + column_quad);
  // [scores]
  // [own scores]

  // Read back two rows at a time: unrolled over the registers this takes seconds to compile.
  // [column totals]
  var largest = vec4f(0.0);
  var total = vec4f(0.0);
  for (var pair = 0u; pair < 2u * LANES; pair++) {
    let at = place + 2u * pair * params.right_quads;
    // [row pair]
    let first_largest = max(subgroupMax(max(top.x, top.y)), LEAST);
    let second_largest = max(subgroupMax(max(top.z, top.w)), LEAST);
    let over_rows = 1.0 / vec4f(first_largest, first_largest, second_largest, second_largest);
    // [powers]
    let first_total = subgroupAdd(powers.x + powers.y);
    let second_total = subgroupAdd(powers.z + powers.w);
    let held = vec4u(pair) == vec4u(2u * lane) + vec4u(0u, 0u, 1u, 1u);
    largest = select(largest, vec4f(first_largest, second_largest, first_largest, second_largest), held);
    total = select(total, vec4f(first_total, second_total, first_total, second_total), held);
  }
  let row_place = 2u * tile_column * params.chunk_quads + row_quad + lane;
  parts[row_place] = log2(largest) * EXPONENT;
  parts[row_place + params.chunk_quads] = total;
  let column_place = params.column_parts + 2u * tile_row * params.right_quads + column_quad;
  // [column parts]
}
