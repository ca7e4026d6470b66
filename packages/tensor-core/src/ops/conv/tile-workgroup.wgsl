// A workgroup of 256 threads makes a tile of 64 x 64 of a product whose left operand is read from a source by taps: 16 depths of
// both operands at a time lie in workgroup memory, and each thread makes 4 x 4. For adapters without subgroups of one known
// size, and for GPUs. A file before this one says what rows, columns and depths are.
const TILE = 64u;
const DEPTHS = 16u;

// [depth][quad], with a vector of padding.
var<workgroup> a_tile: array<array<vec4f, 17>, 16>;
var<workgroup> b_tile: array<array<vec4f, 17>, 16>;

@compute @workgroup_size(256)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile_columns = (params.columns + TILE - 1u) / TILE;
  let tile_rows = (row_count() + TILE - 1u) / TILE;
  let index = group.x + group.y * groups.x;
  let first_row = index / tile_columns % tile_rows * TILE;
  let first_column = index % tile_columns * TILE;
  let tile_group = index / (tile_columns * tile_rows);
  let channel_group = tile_group % params.groups;
  let split = tile_group / params.groups;
  let range = depth_range(split);
  if (split > 0u && range.x >= range.y) { return; }

  let own = own_of(thread, first_row, channel_group);
  let across = thread % 16u;
  let down = thread / 16u;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var depth0 = range.x; depth0 < range.y; depth0 += DEPTHS) {
    store_a(thread, load_a(own, thread, depth0, range.y));
    b_tile[down][across] = load_b(channel_group, first_column + 4u * across, depth0 + down, range.y);
    workgroupBarrier();
    for (var depth = 0u; depth < DEPTHS; depth++) {
      let a = a_tile[depth][down];
      let b = b_tile[depth][across];
      sum0 = fma(vec4f(a.x), b, sum0);
      sum1 = fma(vec4f(a.y), b, sum1);
      sum2 = fma(vec4f(a.z), b, sum2);
      sum3 = fma(vec4f(a.w), b, sum3);
    }
    workgroupBarrier();
  }
  let row = first_row + 4u * down;
  let column = first_column + 4u * across;
  finish(split, channel_group, row, column, sum0);
  finish(split, channel_group, row + 1u, column, sum1);
  finish(split, channel_group, row + 2u, column, sum2);
  finish(split, channel_group, row + 3u, column, sum3);
}
