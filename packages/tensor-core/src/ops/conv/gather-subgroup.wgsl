// result[row, o] = bias[o] + Σ over taps and channels c of source[place of (row, tap), c] weights[tap, c, o].
// The product of ../matmul/product-subgroup.wgsl whose left operand is never stored: one subgroup makes ROWS rows of 4 LANES
// columns in registers; lanes hold four rows each, which reach the others by shuffles, and four columns. Lines at the marks
// are written by subgroup-source.ts.
@group(0) @binding(0) var<storage, read> source: array<f32>;
// [group][tap][c][columns, padded to a multiple of 4].
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;

fn bias_at(column: u32) -> f32 {
  return select(0.0, bias[min(column, params.groups * params.columns - 1u)], params.option != 0u);
}

fn load_source(place: vec4u, valid: vec4<bool>) -> vec4f {
  return select(vec4f(0.0), vec4f(source[place.x], source[place.y], source[place.z], source[place.w]), valid);
}

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let extents = vec3u(vec3i(z_axis.rows, y_axis.rows, x_axis.rows));
  let all_rows = params.batches * extents.x * extents.y * extents.z;
  let width = 4u * LANES;
  let tile_columns = (params.columns + width - 1u) / width;
  let tile_rows = (all_rows + ROWS - 1u) / ROWS;
  let index = group.x + group.y * groups.x;
  let row0 = index / tile_columns % tile_rows * ROWS;
  let column = index % tile_columns * width + 4u * lane;
  let channel_group = index / (tile_columns * tile_rows);
  if (channel_group >= params.groups) { return; }

  let row = min(vec4u(row0 + 4u * (lane % (ROWS / 4u))) + vec4u(0u, 1u, 2u, 3u), vec4u(all_rows - 1u));
  let x = vec4i(row % extents.z);
  let y = vec4i(row / extents.z % extents.y);
  let z = vec4i(row / (extents.y * extents.z) % extents.x);
  let n = vec4i(row / (extents.x * extents.y * extents.z));
  let channels = params.groups * params.depth;
  let quads = (params.columns + 3u) / 4u;
  let taps = u32(z_axis.kernel * y_axis.kernel * x_axis.kernel);
  let group_weights = channel_group * taps * params.depth * quads + min(column / 4u, quads - 1u);
  let group_column = channel_group * params.columns + min(column, params.columns - 1u);
  let start = vec4f(bias_at(group_column), bias_at(group_column + 1u), bias_at(group_column + 2u), bias_at(group_column + 3u));
  // [accumulators]
  for (var jz = 0; jz < z_axis.count; jz++) {
    let z_at = source_of(z_axis, z, vec4i(offset_of(z_axis, jz)));
    let tap_z = z_axis.first_tap + jz * z_axis.tap_step;
    for (var jy = 0; jy < y_axis.count; jy++) {
      let y_at = source_of(y_axis, y, vec4i(offset_of(y_axis, jy)));
      let valid_line = inside(z_axis, z_at) & inside(y_axis, y_at);
      let line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
      let tap_y = tap_z * y_axis.kernel + y_axis.first_tap + jy * y_axis.tap_step;
      for (var jx = 0; jx < x_axis.count; jx++) {
        let x_at = source_of(x_axis, x, vec4i(offset_of(x_axis, jx)));
        let valid = valid_line & inside(x_axis, x_at);
        let pixel = select(vec4u(0u), vec4u(line + x_at), valid);
        let place = pixel * channels + channel_group * params.depth;
        let tap = tap_y * x_axis.kernel + x_axis.first_tap + jx * x_axis.tap_step;
        let tap_weights = group_weights + u32(tap) * params.depth * quads;
        for (var depth = 0u; depth < params.depth; depth += 2u) {
          // Two depths a turn: the tile is larger than the registers of a CPU, and this halves the trips to memory and back.
          let both = depth + 1u < params.depth;
          let next = select(depth, depth + 1u, both);
          let rows = load_source(place + depth, valid);
          let next_rows = load_source(place + next, valid & vec4<bool>(both));
          let columns = weights[tap_weights + depth * quads];
          let next_columns = weights[tap_weights + next * quads];
          // [products]
        }
      }
    }
  }
  let plane = n * z_axis.result + result_of(z_axis, z);
  let result_pixel = (plane * y_axis.result + result_of(y_axis, y)) * x_axis.result + result_of(x_axis, x);
  let to = vec4u(result_pixel) * (params.groups * params.columns) + channel_group * params.columns;
  // [stores]
}
