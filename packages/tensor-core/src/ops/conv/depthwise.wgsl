// result[row, c] = bias[c] + Σ over taps of source[place of (row, tap), c] weights[tap, c]; a thread makes four neighbours along x
// of one Element of channels, so that a weight is loaded once for four products. `columns` counts Elements, `depth` is the
// stride of the weights from tap to tap.
override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> source: array<Element>;
@group(0) @binding(1) var<storage, read> weights: array<Element>;
@group(0) @binding(2) var<storage, read> bias: array<Element>;
@group(0) @binding(3) var<storage, read_write> result: array<Element>;

const ALONG = 4;

fn load_source(x_axis: Axis, line: i32, x_at: i32, channel: i32) -> Element {
  if (!inside(x_axis, x_at)) { return Element(0.0); }
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
  let blocks = (x_axis.rows + ALONG - 1) / ALONG;
  let channel = thread % columns;
  let x = thread / columns % blocks * ALONG;
  let line_index = thread / (columns * blocks);
  let y = line_index % y_axis.rows;
  let z = line_index / y_axis.rows % z_axis.rows;
  let n = line_index / (y_axis.rows * z_axis.rows);
  if (n >= i32(params.batches)) { return; }
  var start = Element(0.0);
  if (params.option != 0u) { start = bias[channel]; }
  var sum0 = start;
  var sum1 = start;
  var sum2 = start;
  var sum3 = start;
  for (var jz = 0; jz < z_axis.count; jz++) {
    let z_at = source_of(z_axis, z, offset_of(z_axis, jz));
    let tap_z = z_axis.first_tap + jz * z_axis.tap_step;
    for (var jy = 0; jy < y_axis.count; jy++) {
      let y_at = source_of(y_axis, y, offset_of(y_axis, jy));
      if (!inside(z_axis, z_at) || !inside(y_axis, y_at)) { continue; }
      let line = ((n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source;
      let tap_y = tap_z * y_axis.kernel + y_axis.first_tap + jy * y_axis.tap_step;
      for (var jx = 0; jx < x_axis.count; jx++) {
        let offset = offset_of(x_axis, jx);
        let tap = tap_y * x_axis.kernel + x_axis.first_tap + jx * x_axis.tap_step;
        let weight = weights[tap * i32(params.depth) + channel];
        sum0 += weight * load_source(x_axis, line, source_of(x_axis, x, offset), channel);
        sum1 += weight * load_source(x_axis, line, source_of(x_axis, x + 1, offset), channel);
        sum2 += weight * load_source(x_axis, line, source_of(x_axis, x + 2, offset), channel);
        sum3 += weight * load_source(x_axis, line, source_of(x_axis, x + 3, offset), channel);
      }
    }
  }
  let plane = n * z_axis.result + result_of(z_axis, z);
  let to_line = (plane * y_axis.result + result_of(y_axis, y)) * x_axis.result;
  let to = (to_line + result_of(x_axis, x)) * columns + channel;
  let stride = x_axis.result_step * columns;
  result[to] = sum0;
  if (x + 1 < x_axis.rows) { result[to + stride] = sum1; }
  if (x + 2 < x_axis.rows) { result[to + 2 * stride] = sum2; }
  if (x + 3 < x_axis.rows) { result[to + 3 * stride] = sum3; }
}
