// What all segment kernels share. Rows are [rows, columns] with `columns` counted in Elements; segment n holds the
// positions offsets[n] to offsets[n + 1] - 1, cut into `splits` parts. One thread per (segment, part, column).
struct Params {
  segments: u32,
  columns: u32,
  rows: u32,
  positions: u32,
  splits: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> offsets: array<i32>;

const WORKGROUP = 64u;
// Rows that are summed by themselves before they join the total: keeps the rounding of long segments small.
const BLOCK = 64u;

struct Span {
  start: u32,
  end: u32,
}

struct Work {
  segment: u32,
  part: u32,
  column: u32,
}

fn work_of(thread: u32) -> Work {
  let unit = thread / params.columns;
  return Work(unit / params.splits, unit % params.splits, thread % params.columns);
}

// Clamped, so that offsets with wrong values can neither hang the loop nor leave x.
fn span_of(segment: u32) -> Span {
  let last = i32(params.positions);
  let start = clamp(offsets[segment], 0, last);
  return Span(u32(start), u32(clamp(offsets[segment + 1u], start, last)));
}

fn part_of(span: Span, part: u32) -> Span {
  let length = (span.end - span.start + params.splits - 1u) / params.splits;
  let start = min(span.start + part * length, span.end);
  return Span(start, min(start + length, span.end));
}
