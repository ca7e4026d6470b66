// parts[split, tap, c] = Σ over a stretch of the result's lines of source[place of (position, tap), c] grad[position, c]. A thread
// makes up to four neighbouring taps along x of one Element of channels, so that the gradient is loaded once for four products.
override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> source: array<Element>;
@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read_write> parts: array<Element>;

const ALONG = 4;

fn load_source(x_axis: Axis, line: i32, x_at: i32, channel: i32, wanted: bool) -> Element {
  if (!wanted || !inside(x_axis, x_at)) { return Element(0.0); }
  return source[u32((line + x_at) * i32(params.columns) + channel)];
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
  let thread = i32((group.x + group.y * groups.x) * WORKGROUP + local);
  let columns = i32(params.columns);
  let blocks = (x_axis.kernel + ALONG - 1) / ALONG;
  let channel = thread % columns;
  let tap_x = thread / columns % blocks * ALONG;
  let tap_line = thread / (columns * blocks) % (z_axis.kernel * y_axis.kernel);
  let split = thread / (columns * blocks * z_axis.kernel * y_axis.kernel);
  let lines = i32(params.batches) * z_axis.rows * y_axis.rows;
  let share = i32(params.share);
  let first_line = split * share;
  if (first_line >= lines) { return; }
  let z_offset = offset_of(z_axis, tap_line / y_axis.kernel);
  let y_offset = offset_of(y_axis, tap_line % y_axis.kernel);
  let offset0 = offset_of(x_axis, tap_x);
  let offset1 = offset_of(x_axis, tap_x + 1);
  let offset2 = offset_of(x_axis, tap_x + 2);
  let offset3 = offset_of(x_axis, tap_x + 3);
  let wanted = x_axis.kernel - tap_x;
  var sum0 = Element(0.0);
  var sum1 = Element(0.0);
  var sum2 = Element(0.0);
  var sum3 = Element(0.0);
  for (var line = first_line; line < min(lines, first_line + share); line++) {
    let y_at = source_of(y_axis, line % y_axis.rows, y_offset);
    let z_at = source_of(z_axis, line / y_axis.rows % z_axis.rows, z_offset);
    if (!inside(z_axis, z_at) || !inside(y_axis, y_at)) { continue; }
    let n = line / (y_axis.rows * z_axis.rows);
    let from_line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
    for (var x = 0; x < x_axis.rows; x++) {
      let g = grad[(line * x_axis.rows + x) * columns + channel];
      sum0 += g * load_source(x_axis, from_line, source_of(x_axis, x, offset0), channel, true);
      sum1 += g * load_source(x_axis, from_line, source_of(x_axis, x, offset1), channel, wanted > 1);
      sum2 += g * load_source(x_axis, from_line, source_of(x_axis, x, offset2), channel, wanted > 2);
      sum3 += g * load_source(x_axis, from_line, source_of(x_axis, x, offset3), channel, wanted > 3);
    }
  }
  let taps = z_axis.kernel * y_axis.kernel * x_axis.kernel;
  let to = (split * taps + tap_line * x_axis.kernel + tap_x) * columns + channel;
  parts[to] = sum0;
  if (wanted > 1) { parts[to + columns] = sum1; }
  if (wanted > 2) { parts[to + 2 * columns] = sum2; }
  if (wanted > 3) { parts[to + 3 * columns] = sum3; }
}
