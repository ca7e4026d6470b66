// Operands of tile-workgroup.wgsl for the sums of weights-subgroup.wgsl: rows are (tap, c), depths are positions of the result.
@group(0) @binding(0) var<storage, read> source: array<f32>;
@group(0) @binding(1) var<storage, read> grad: array<f32>;
@group(0) @binding(2) var<storage, read_write> parts: array<vec4f>;

// Four rows belong to one tap: groups have a multiple of 4 channels.
override WIDE: bool = false;

// What a thread loads of A: four rows at one depth, each with its place on the axes and in the channels.
struct Own {
  z_offset: vec4i,
  y_offset: vec4i,
  x_offset: vec4i,
  channel: vec4u,
}

fn row_count() -> u32 {
  return u32(axis_z().kernel * axis_y().kernel * axis_x().kernel) * params.depth;
}

fn depth_range(split: u32) -> vec2u {
  let positions = params.batches * u32(axis_z().rows * axis_y().rows * axis_x().rows);
  let share = params.share * u32(axis_x().rows);
  return vec2u(split * share, min((split + 1u) * share, positions));
}

fn offsets_of(axis: Axis, tap: vec4i) -> vec4i {
  return vec4i(offset_of(axis, tap.x), offset_of(axis, tap.y), offset_of(axis, tap.z), offset_of(axis, tap.w));
}

fn own_of(thread: u32, first_row: u32, channel_group: u32) -> Own {
  let row = min(vec4u(first_row + 4u * (thread % 16u)) + vec4u(0u, 1u, 2u, 3u), vec4u(row_count() - 1u));
  let tap = vec4i(row / params.depth);
  let y_axis = axis_y();
  let x_axis = axis_x();
  return Own(
    offsets_of(axis_z(), tap / (x_axis.kernel * y_axis.kernel)),
    offsets_of(y_axis, tap / x_axis.kernel % y_axis.kernel),
    offsets_of(x_axis, tap % x_axis.kernel),
    channel_group * params.depth + row % params.depth,
  );
}

// Place of a pixel's first channel, or -1 outside.
fn pixel_at(position: vec4i, z_offset: i32, y_offset: i32, x_offset: i32) -> i32 {
  let z_axis = axis_z();
  let y_axis = axis_y();
  let x_axis = axis_x();
  let z_at = source_of(z_axis, position.y, z_offset);
  let y_at = source_of(y_axis, position.z, y_offset);
  let x_at = source_of(x_axis, position.w, x_offset);
  let inner = inside(z_axis, z_at) && inside(y_axis, y_at) && inside(x_axis, x_at);
  let pixel = ((position.x * z_axis.source + z_at) * y_axis.source + y_at) * x_axis.source + x_at;
  return select(-1, pixel * i32(params.groups * params.depth), inner);
}

fn element_at(position: vec4i, own: Own, i: u32) -> f32 {
  let pixel = pixel_at(position, own.z_offset[i], own.y_offset[i], own.x_offset[i]);
  if (pixel < 0) { return 0.0; }
  return source[u32(pixel) + own.channel[i]];
}

fn load_a(own: Own, thread: u32, depth0: u32, end: u32) -> vec4f {
  let depth = depth0 + thread / 16u;
  if (depth >= end) { return vec4f(0.0); }
  let x_rows = u32(axis_x().rows);
  let y_rows = u32(axis_y().rows);
  let z_rows = u32(axis_z().rows);
  let line = depth / x_rows;
  let position = vec4i(vec4u(line / (y_rows * z_rows), line / y_rows % z_rows, line % y_rows, depth % x_rows));
  if (!WIDE) {
    return vec4f(
      element_at(position, own, 0u),
      element_at(position, own, 1u),
      element_at(position, own, 2u),
      element_at(position, own, 3u),
    );
  }
  let pixel = pixel_at(position, own.z_offset.x, own.y_offset.x, own.x_offset.x);
  if (pixel < 0) { return vec4f(0.0); }
  let at = u32(pixel) + own.channel;
  return vec4f(source[at.x], source[at.y], source[at.z], source[at.w]);
}

fn store_a(thread: u32, value: vec4f) {
  a_tile[thread / 16u][thread % 16u] = value;
}

fn load_b(channel_group: u32, column: u32, depth: u32, end: u32) -> vec4f {
  if (depth >= end || column >= params.columns) { return vec4f(0.0); }
  let first = (depth * params.groups + channel_group) * params.columns;
  let at = first + min(vec4u(column) + vec4u(0u, 1u, 2u, 3u), vec4u(params.columns - 1u));
  return vec4f(grad[at.x], grad[at.y], grad[at.z], grad[at.w]);
}

fn finish(split: u32, channel_group: u32, row: u32, column: u32, sum: vec4f) {
  if (row >= row_count() || column >= params.columns) { return; }
  let quads = (params.columns + 3u) / 4u;
  parts[((split * params.groups + channel_group) * row_count() + row) * quads + column / 4u] = sum;
}
