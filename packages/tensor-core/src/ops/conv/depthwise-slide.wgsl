@group(0) @binding(0) var<storage, read> source: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<Element>;
@group(0) @binding(2) var<storage, read> bias: array<Element>;
@group(0) @binding(3) var<storage, read_write> result: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let along = line_of(x_axis);
  let thread = i32((group.x + group.y * groups.x) * WORKGROUP + local);
  let columns = i32(params.columns);
  let blocks = blocks_of(along, x_axis.rows);
  let channel = thread % columns;
  let x = first_row(along, thread / columns % blocks);
  let line_index = thread / (columns * blocks);
  let y = line_index % y_axis.rows;
  let z = line_index / y_axis.rows % z_axis.rows;
  let n = line_index / (y_axis.rows * z_axis.rows);
  if (n >= i32(params.batches) || x >= x_axis.rows) { return; }
  var start = Element(0.0);
  if (params.option != 0u) { start = bias[channel]; }
  // [sums]
  for (var jz = 0; jz < z_axis.count; jz++) {
    let z_at = source_of(z_axis, z, offset_of(z_axis, jz));
    let tap_z = z_axis.first_tap + jz * z_axis.tap_step;
    for (var jy = 0; jy < y_axis.count; jy++) {
      let y_at = source_of(y_axis, y, offset_of(y_axis, jy));
      if (!inside(z_axis, z_at) || !inside(y_axis, y_at)) { continue; }
      let from_line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
      let tap_y = tap_z * y_axis.kernel + y_axis.first_tap + jy * y_axis.tap_step;
      let first_tap = tap_y * x_axis.kernel + along.first_tap;
      let at0 = source_of(x_axis, x, along.offset);
      // [weights]
      // [sources]
      // [products]
    }
  }
  let plane = n * z_axis.result + result_of(z_axis, z);
  let to_line = (plane * y_axis.result + result_of(y_axis, y)) * x_axis.result;
  let to = (to_line + result_of(x_axis, x)) * columns + channel;
  let stride = along.apart * x_axis.result_step * columns;
  // [stores]
}
