// As depthwise.wgsl and depthwise-weights.wgsl, for rows that lie in the source as they do in the result (step 1): a thread takes
// ALONG rows along x as far apart as taps are, so that an Element of the source is loaded once for all COUNT taps along x.
override WORKGROUP: u32 = 64;

// Taps along x from left to right: backward ones are taken from their end.
struct Line {
  apart: i32,
  // Steps from one load to the next: within the source where that repeats.
  stride: i32,
  offset: i32,
  first_tap: i32,
  tap_step: i32,
}

fn line_of(axis: Axis) -> Line {
  var line: Line;
  line.apart = abs(axis.direction);
  line.stride = select(line.apart, line.apart % axis.source, repeats());
  let backward = axis.direction < 0;
  line.offset = offset_of(axis, select(0, COUNT - 1, backward));
  line.first_tap = axis.first_tap + select(0, (COUNT - 1) * axis.tap_step, backward);
  line.tap_step = select(axis.tap_step, -axis.tap_step, backward);
  return line;
}

// Blocks of ALONG rows, and the first row of one.
fn blocks_of(line: Line, rows: i32) -> i32 {
  let span = line.apart * ALONG;
  return (rows + span - 1) / span * line.apart;
}

fn first_row(line: Line, block: i32) -> i32 {
  return block / line.apart * (line.apart * ALONG) + block % line.apart;
}

// Place of the next load along x.
fn moved(axis: Axis, line: Line, at: i32) -> i32 {
  let next = at + line.stride;
  return select(next, next - axis.source, repeats() && next >= axis.source);
}

fn load_source(axis: Axis, from_line: i32, at: i32, channel: i32, wanted: bool) -> Element {
  let valid = wanted && inside(axis, at);
  return select(Element(0.0), source[u32(select(0, (from_line + at) * i32(params.columns) + channel, valid))], valid);
}
