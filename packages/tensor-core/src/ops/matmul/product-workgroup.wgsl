// A workgroup makes a tile of C, ROWS x COLUMNS; DEPTHS of both operands at a time lie in workgroup memory, from where each
// thread reads the rows and columns of its part. The next stretch of depths is loaded into registers while this one is
// multiplied. Lines at the marks are written by workgroup-source.ts: constants of the tile, one line for each part of
// an operand that a thread moves, each depth and each vector of C that a thread holds.

// All extents are multiples of those of the tile: no load or store has to ask whether it lies inside.
override WHOLE: bool = false;
// Activation by number; a constant, since each thread applies it at many places.
override ACTIVATION: u32 = 0u;

const THREADS_WIDE = COLUMNS / THREAD_COLUMNS;
const THREADS_HIGH = ROWS / THREAD_ROWS;
const THREADS = THREADS_WIDE * THREADS_HIGH;
// Threads that run together read a block of rows and columns that is as square as can be: what they read is shared most.
const BLOCK_WIDE = min(8u, THREADS_WIDE);
const BLOCK_HIGH = min(32u / BLOCK_WIDE, THREADS_HIGH);
const BLOCKS_WIDE = THREADS_WIDE / BLOCK_WIDE;
// Tiles are taken in groups of so many rows of them: those at work at the same time share operands in the cache.
const TILE_ROWS_IN_GROUP = 8u;

@compute @workgroup_size(THREADS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile_columns = (params.columns + COLUMNS - 1u) / COLUMNS;
  let tile_rows = (params.rows + ROWS - 1u) / ROWS;
  let index = group.x + group.y * groups.x;
  let matrix = index / (tile_columns * tile_rows);
  let batch = matrix % params.batches;
  let split = matrix / params.batches;
  if (split >= params.splits) { return; }
  let in_matrix = index - matrix * (tile_columns * tile_rows);
  let first_tile_row = in_matrix / (TILE_ROWS_IN_GROUP * tile_columns) * TILE_ROWS_IN_GROUP;
  let in_group = in_matrix - first_tile_row * tile_columns;
  let high = min(TILE_ROWS_IN_GROUP, tile_rows - first_tile_row);
  let first_row = (first_tile_row + in_group % high) * ROWS;
  let first_column = in_group / high * COLUMNS;

  let block = thread / (BLOCK_WIDE * BLOCK_HIGH);
  let across = thread % BLOCK_WIDE + BLOCK_WIDE * (block % BLOCKS_WIDE);
  let down = thread / BLOCK_WIDE % BLOCK_HIGH + BLOCK_HIGH * (block / BLOCKS_WIDE);
  // [places]
  // [accumulators]

  let end = min(params.depth, (split + 1u) * params.depth_per_split);
  var depth0 = split * params.depth_per_split;
  var buffer = 0u;
  // [parts]
  if (depth0 < end) {
    // [loads]
  }
  while (depth0 < end) {
    // [moves]
    workgroupBarrier();
    depth0 += DEPTHS;
    if (depth0 < end) {
      // [loads]
    }
    // [products]
    // [turn]
  }

  // [stores]
}

fn finished(sum: vec4f) -> vec4f {
  return activate(ACTIVATION, sum);
}
