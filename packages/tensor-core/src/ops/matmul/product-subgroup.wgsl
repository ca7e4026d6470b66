// One subgroup makes a tile of C in registers: ROWS rows, which its first lanes load of A at one depth (the others load
// the same again), and 4 LANES columns for each load of B. The rows reach all lanes one by one, each to the columns that
// a lane holds. Lines at the marks are written by subgroup-source.ts, one for each row of the tile or load of B.
override LANES: u32 = 8u;
override ROWS: u32 = 32u;
override LOADS_OF_B: u32 = 1u;

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let width = 4u * LANES * LOADS_OF_B;
  let tile_columns = (params.columns + width - 1u) / width;
  let tile_rows = (params.rows + ROWS - 1u) / ROWS;
  let index = group.x + group.y * groups.x;
  let row0 = (index / tile_columns) % tile_rows * ROWS;
  let column = index % tile_columns * width + 4u * lane;
  let matrix = index / (tile_columns * tile_rows);
  let batch = matrix % params.batches;
  let split = matrix / params.batches;
  if (split >= params.splits) { return; }

  let a_place = place_a(batch, row0 + ROWS_PER_LOAD * (lane % (ROWS / ROWS_PER_LOAD)));
  // [places]
  // [accumulators]
  let end = min(params.depth, (split + 1u) * params.depth_per_split);
  for (var depth = split * params.depth_per_split; depth < end; depth += 2u) {
    // Two depths a turn: the tile is larger than the registers of a CPU, and this halves the trips to memory and back.
    let both = depth + 1u < end;
    let next = select(depth, depth + 1u, both);
    let rows = load_a(a_place, depth);
    let next_rows = select(vec4f(0.0), load_a(a_place, next), both);
    // [columns]
    // [products]
  }

  let c_place = place_c(split, batch, row0, column);
  // [stores]
  let activation = params.epilogue & ~BIASED;
  if (!EPILOGUE || activation == 0u) { return; }
  let held = min(ROWS, params.rows - row0);
  for (var load = 0u; load < LOADS_OF_B; load++) {
    let first = column + 4u * LANES * load;
    for (var row = 0u; row < held; row++) {
      let place = next_row_c(c_place + PLACES_OF_QUAD * LANES * load, row);
      store_c(place, row0 + row, first, activate(activation, load_c(place, first)));
    }
  }
}
