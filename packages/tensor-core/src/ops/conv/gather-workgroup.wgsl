// Operands of tile-workgroup.wgsl for the sums of gather-subgroup.wgsl: rows are those of the result, depths are (tap, c).
@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read> weights: array<vec4f>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;

// Four depths of a row belong to one tap: groups have a multiple of 4 channels.
override WIDE: bool = false;

// A row of the result along each axis; `valid` where there is one.
struct Position {
  n: i32,
  z: i32,
  y: i32,
  x: i32,
  valid: bool,
}

// What a thread loads of A: four depths of one row.
struct Own {
  position: Position,
  first_channel: u32,
}

fn row_count() -> u32 {
  return params.batches * u32(axis_z().rows * axis_y().rows * axis_x().rows);
}

fn depth_range(split: u32) -> vec2u {
  let taps = u32(axis_z().count * axis_y().count * axis_x().count);
  return vec2u(0u, select(0u, taps * params.depth, split == 0u));
}

fn position_of(row: u32) -> Position {
  let x_rows = u32(axis_x().rows);
  let y_rows = u32(axis_y().rows);
  let z_rows = u32(axis_z().rows);
  let x = i32(row % x_rows);
  let y = i32(row / x_rows % y_rows);
  let z = i32(row / (x_rows * y_rows) % z_rows);
  return Position(i32(row / (x_rows * y_rows * z_rows)), z, y, x, row < row_count());
}

fn own_of(thread: u32, first_row: u32, channel_group: u32) -> Own {
  return Own(position_of(first_row + thread / 4u), channel_group * params.depth);
}

// Taps of the row (along z, y, x) and the channel that a depth stands for.
fn tap_of(depth: u32) -> vec4i {
  let tap = i32(depth / params.depth);
  let y_count = axis_y().count;
  let x_count = axis_x().count;
  return vec4i(tap / (y_count * x_count), tap / x_count % y_count, tap % x_count, i32(depth % params.depth));
}

fn load_four(own: Own, depth: u32, end: u32, count: u32) -> vec4f {
  let tap = tap_of(depth);
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let z_at = source_of(z_axis, own.position.z, offset_of(z_axis, tap.x));
  let y_at = source_of(y_axis, own.position.y, offset_of(y_axis, tap.y));
  let x_at = source_of(x_axis, own.position.x, offset_of(x_axis, tap.z));
  let inner = inside(z_axis, z_at) && inside(y_axis, y_at) && inside(x_axis, x_at);
  if (!inner || !own.position.valid || depth >= end) { return vec4f(0.0); }
  let pixel = ((own.position.n * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source + x_at;
  let place = u32(pixel) * params.groups * params.depth + own.first_channel + u32(tap.w);
  if (count == 1u) { return vec4f(source[place], 0.0, 0.0, 0.0); }
  return vec4f(source[place], source[place + 1u], source[place + 2u], source[place + 3u]);
}

fn load_a(own: Own, thread: u32, depth0: u32, end: u32) -> vec4f {
  let depth = depth0 + 4u * (thread % 4u);
  if (WIDE) { return load_four(own, depth, end, 4u); }
  return vec4f(
    load_four(own, depth, end, 1u).x,
    load_four(own, depth + 1u, end, 1u).x,
    load_four(own, depth + 2u, end, 1u).x,
    load_four(own, depth + 3u, end, 1u).x,
  );
}

fn store_a(thread: u32, value: vec4f) {
  let depth = 4u * (thread % 4u);
  let row = thread / 4u;
  a_tile[depth][row / 4u][row % 4u] = value.x;
  a_tile[depth + 1u][row / 4u][row % 4u] = value.y;
  a_tile[depth + 2u][row / 4u][row % 4u] = value.z;
  a_tile[depth + 3u][row / 4u][row % 4u] = value.w;
}

fn load_b(channel_group: u32, column: u32, depth: u32, end: u32) -> vec4f {
  if (depth >= end || column >= params.columns) { return vec4f(0.0); }
  let j = tap_of(depth);
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let tap_z = z_axis.first_tap + j.x * z_axis.tap_step;
  let tap_y = tap_z * y_axis.kernel + y_axis.first_tap + j.y * y_axis.tap_step;
  let tap = tap_y * x_axis.kernel + x_axis.first_tap + j.z * x_axis.tap_step;
  let taps = u32(z_axis.kernel * y_axis.kernel * x_axis.kernel);
  let row = (channel_group * taps + u32(tap)) * params.depth + u32(j.w);
  return weights[row * ((params.columns + 3u) / 4u) + column / 4u];
}

fn bias_at(column: u32) -> f32 {
  return select(0.0, bias[min(column, params.groups * params.columns - 1u)], params.option != 0u);
}

fn finish(split: u32, channel_group: u32, row: u32, column: u32, sum: vec4f) {
  let position = position_of(row);
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let plane = position.n * z_axis.result + result_of(z_axis, position.z);
  let line = (plane * y_axis.result + result_of(y_axis, position.y)) * x_axis.result;
  let pixel = line + result_of(x_axis, position.x);
  let place = u32(pixel) * params.groups * params.columns + channel_group * params.columns;
  let at = channel_group * params.columns + column;
  store(place, column, sum + vec4f(bias_at(at), bias_at(at + 1u), bias_at(at + 2u), bias_at(at + 3u)), position.valid);
}
