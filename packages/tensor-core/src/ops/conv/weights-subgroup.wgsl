// parts[split, group, (tap, c), o] = Σ over a stretch of the result's lines of source[place of (position, tap), c] grad[position, o]:
// the product of ../matmul/product-subgroup.wgsl over positions, whose left operand is never stored. Lanes hold four rows
// (tap, c) each, and four columns o. Lines at the marks are written by subgroup-source.ts.
@group(0) @binding(2) var<storage, read_write> parts: array<vec4f>;

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let all_rows = u32(z_axis.kernel * y_axis.kernel * x_axis.kernel) * params.depth;
  let width = 4u * LANES;
  let tile_columns = (params.columns + width - 1u) / width;
  let tile_rows = (all_rows + ROWS - 1u) / ROWS;
  let index = group.x + group.y * groups.x;
  let row0 = index / tile_columns % tile_rows * ROWS;
  let column = index % tile_columns * width + 4u * lane;
  let tile_group = index / (tile_columns * tile_rows);
  let channel_group = tile_group % params.groups;
  let split = tile_group / params.groups;
  // Lines of the result that a split adds up.
  let share = i32(params.share);
  let lines = i32(params.batches) * z_axis.rows * y_axis.rows;
  let first_line = i32(split) * share;
  if (first_line >= lines) { return; }

  let row = rows_from(row0 + 4u * (lane % (ROWS / 4u)), all_rows);
  let tap = row / Index(i32(params.depth));
  let channel = row % Index(i32(params.depth)) + i32(channel_group * params.depth);
  let x_offset = offsets_of(x_axis, tap % Index(x_axis.kernel));
  let y_offset = offsets_of(y_axis, tap / Index(x_axis.kernel) % Index(y_axis.kernel));
  let z_offset = offsets_of(z_axis, tap / Index(x_axis.kernel * y_axis.kernel));
  let channels = i32(params.groups * params.depth);
  let result_channels = params.groups * params.columns;
  let from_column = channel_group * params.columns + min(column, (params.columns - 1u) & ~3u);
  let start = vec4f(0.0);
  // [accumulators]
  for (var line = first_line; line < min(lines, first_line + share); line++) {
    let y_at = source_of(y_axis, Index(line % y_axis.rows), y_offset);
    let z_at = source_of(z_axis, Index(line / y_axis.rows % z_axis.rows), z_offset);
    let n = line / (y_axis.rows * z_axis.rows);
    let valid_line = inside(z_axis, z_at) & inside(y_axis, y_at);
    let from_line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
    for (var x = 0; x < x_axis.rows; x += 2) {
      // Two positions a turn, as in the forward pass.
      let both = x + 1 < x_axis.rows;
      let next = select(x, x + 1, both);
      let x_at = source_of(x_axis, Index(x), x_offset);
      let next_x_at = source_of(x_axis, Index(next), x_offset);
      let valid = valid_line & inside(x_axis, x_at);
      let next_valid = valid_line & inside(x_axis, next_x_at) & Flag(both);
      let rows = load_source(select(Index(0), (from_line + x_at) * channels + channel, valid), valid);
      let next_rows = load_source(select(Index(0), (from_line + next_x_at) * channels + channel, next_valid), next_valid);
      let columns = load_grad(u32(line * x_axis.rows + x) * result_channels + from_column);
      let next_columns = load_grad(u32(line * x_axis.rows + next) * result_channels + from_column);
      // [products]
    }
  }
  let quads = (params.columns + 3u) / 4u;
  let to = (split * params.groups + channel_group) * all_rows * quads + column / 4u;
  // [parts]
}
