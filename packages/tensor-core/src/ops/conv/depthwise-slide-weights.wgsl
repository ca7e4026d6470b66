@group(0) @binding(0) var<storage, read> source: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read_write> parts: array<Element>;

fn load_grad(at: i32, wanted: bool) -> Element {
  if (!wanted) { return Element(0.0); }
  return grad[at];
}

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
  let channel = thread % columns;
  let tap_line = thread / columns % (z_axis.kernel * y_axis.kernel);
  let split = thread / (columns * z_axis.kernel * y_axis.kernel);
  let lines = i32(params.batches) * z_axis.rows * y_axis.rows;
  let share = i32(params.share);
  let first_line = split * share;
  if (first_line >= lines) { return; }
  let z_offset = offset_of(z_axis, tap_line / y_axis.kernel);
  let y_offset = offset_of(y_axis, tap_line % y_axis.kernel);
  let blocks = blocks_of(along, x_axis.rows);
  // [sums]
  for (var line = first_line; line < min(lines, first_line + share); line++) {
    let y_at = source_of(y_axis, line % y_axis.rows, y_offset);
    let z_at = source_of(z_axis, line / y_axis.rows % z_axis.rows, z_offset);
    if (!inside(z_axis, z_at) || !inside(y_axis, y_at)) { continue; }
    let n = line / (y_axis.rows * z_axis.rows);
    let from_line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
    for (var block = 0; block < blocks; block++) {
      let x = first_row(along, block);
      let at0 = source_of(x_axis, x, along.offset);
      let place = (line * x_axis.rows + x) * columns + channel;
      let stride = along.apart * columns;
      // [grads]
      // [sources]
      // [products]
    }
  }
  let taps = z_axis.kernel * y_axis.kernel * x_axis.kernel;
  let to = (split * taps + tap_line * x_axis.kernel) * columns + channel;
  // [stores]
}
