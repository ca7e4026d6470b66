// Three axes z, y, x; one that a convolution has not got has extent 1. Row r of an axis meets its taps j = 0 … count - 1:
//   it reads    source = r * step + base + j * direction   (modulo the source's extent where that repeats),
//   with weight tap    = first_tap + j * tap_step,
//   and makes   result = first_result + r * result_step.
struct Params {
  // Extent of the source, and of the result << 16.
  extents_z: u32,
  extents_y: u32,
  extents_x: u32,
  // step, direction << 8 (signed), tap_step << 16, result_step << 24.
  steps_z: u32,
  steps_y: u32,
  steps_x: u32,
  // base (signed), first_tap << 16, first_result << 24.
  starts_z: u32,
  starts_y: u32,
  starts_x: u32,
  // Taps of the kernel along z, along y << 8, along x << 16, and whether the source repeats << 24.
  kernel: u32,
  batches: u32,
  // Channels of the source, and of the result, that belong to one group.
  depth: u32,
  columns: u32,
  groups: u32,
  // What a kernel takes besides.
  option: u32,
  share: u32,
}
var<immediate> params: Params;

struct Axis {
  source: i32,
  result: i32,
  step: i32,
  direction: i32,
  tap_step: i32,
  result_step: i32,
  base: i32,
  first_tap: i32,
  first_result: i32,
  kernel: i32,
  // Rows and taps of each.
  rows: i32,
  count: i32,
}

fn axis_of(extents: u32, steps: u32, starts: u32, kernel: u32) -> Axis {
  var axis: Axis;
  axis.source = i32(extents & 0xffffu);
  axis.result = i32(extents >> 16u);
  axis.step = i32(steps & 0xffu);
  axis.direction = extractBits(i32(steps), 8u, 8u);
  axis.tap_step = i32((steps >> 16u) & 0xffu);
  axis.result_step = i32(steps >> 24u);
  axis.base = extractBits(i32(starts), 0u, 16u);
  axis.first_tap = i32((starts >> 16u) & 0xffu);
  axis.first_result = i32(starts >> 24u);
  axis.kernel = i32(kernel & 0xffu);
  axis.rows = (axis.result - axis.first_result + axis.result_step - 1) / axis.result_step;
  axis.count = (axis.kernel - axis.first_tap + axis.tap_step - 1) / axis.tap_step;
  return axis;
}

fn axis_z() -> Axis { return axis_of(params.extents_z, params.steps_z, params.starts_z, params.kernel); }
fn axis_y() -> Axis { return axis_of(params.extents_y, params.steps_y, params.starts_y, params.kernel >> 8u); }
fn axis_x() -> Axis { return axis_of(params.extents_x, params.steps_x, params.starts_x, params.kernel >> 16u); }

fn repeats() -> bool {
  return (params.kernel >> 24u) != 0u;
}

// Where tap j of row 0 reads; within the source where that repeats.
fn offset_of(axis: Axis, j: i32) -> i32 {
  let offset = axis.base + j * axis.direction;
  if (!repeats()) { return offset; }
  let rest = offset % axis.source;
  return select(rest, rest + axis.source, rest < 0);
}

// Where rows read whose taps lie at an offset. Where the source repeats, a row alone lies within it, so one turn back is enough.
fn source_of(axis: Axis, row: Index, offset: Index) -> Index {
  let at = row * axis.step + offset;
  return select(at, at - axis.source, (at >= Index(axis.source)) & Flag(repeats()));
}

fn inside(axis: Axis, at: Index) -> Flag {
  return (at >= Index(0)) & (at < Index(axis.source));
}

fn result_of(axis: Axis, row: Index) -> Index {
  return row * axis.result_step + axis.first_result;
}
