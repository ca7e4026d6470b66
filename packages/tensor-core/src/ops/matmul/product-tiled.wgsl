// A workgroup of 16 x 16 threads makes a tile of 64 x 64 of C; each thread holds 4 x 4 of it. Sixteen depths of both
// operands at a time lie in workgroup memory.
const DEPTHS = 16u;

var<workgroup> a_tile: array<vec4f, 256>;
var<workgroup> b_tile: array<vec4f, 256>;

// Depth and quad (four rows or columns) that a thread loads: neighbours in memory go to neighbouring threads.
fn share_of(thread: u32, quads_adjacent: bool) -> vec2u {
  let slow = thread / DEPTHS;
  let fast = thread % DEPTHS;
  return select(vec2u(fast, slow), vec2u(slow, fast), quads_adjacent);
}

@compute @workgroup_size(16, 16)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile_columns = (params.columns + 63u) / 64u;
  let tile_rows = (params.rows + 63u) / 64u;
  let index = group.x + group.y * groups.x;
  let row0 = (index / tile_columns) % tile_rows * 64u;
  let column0 = index % tile_columns * 64u;
  let matrix = index / (tile_columns * tile_rows);
  let batch = matrix % params.batches;
  let split = matrix / params.batches;
  if (split >= params.splits) { return; }

  let a_share = share_of(thread, A_ROWS_ADJACENT);
  let b_share = share_of(thread, B_COLUMNS_ADJACENT);
  let a_place = place_a(batch, row0 + 4u * a_share.y);
  let b_place = place_b(batch, column0 + 4u * b_share.y);
  let row = row0 + 4u * local.y;
  let column = column0 + 4u * local.x;
  let start = bias_at(column);
  var sum0 = start;
  var sum1 = start;
  var sum2 = start;
  var sum3 = start;

  let end = min(params.depth, (split + 1u) * params.depth_per_split);
  for (var depth0 = split * params.depth_per_split; depth0 < end; depth0 += DEPTHS) {
    let a_depth = depth0 + a_share.x;
    let b_depth = depth0 + b_share.x;
    let a_part = load_a(a_place, min(a_depth, end - 1u));
    let b_part = load_b(b_place, min(b_depth, end - 1u));
    a_tile[a_share.x * 16u + a_share.y] = select(vec4f(0.0), a_part, a_depth < end);
    b_tile[b_share.x * 16u + b_share.y] = select(vec4f(0.0), b_part, b_depth < end);
    workgroupBarrier();
    for (var depth = 0u; depth < DEPTHS; depth++) {
      let rows = a_tile[depth * 16u + local.y];
      let columns = b_tile[depth * 16u + local.x];
      sum0 = fma(vec4f(rows.x), columns, sum0);
      sum1 = fma(vec4f(rows.y), columns, sum1);
      sum2 = fma(vec4f(rows.z), columns, sum2);
      sum3 = fma(vec4f(rows.w), columns, sum3);
    }
    workgroupBarrier();
  }

  let activation = params.epilogue & ~BIASED;
  let c_place = place_c(split, batch, row, column);
  store_c(c_place, row, column, activate(activation, sum0));
  store_c(next_row_c(c_place, 1u), row + 1u, column, activate(activation, sum1));
  store_c(next_row_c(c_place, 2u), row + 2u, column, activate(activation, sum2));
  store_c(next_row_c(c_place, 3u), row + 3u, column, activate(activation, sum3));
}
