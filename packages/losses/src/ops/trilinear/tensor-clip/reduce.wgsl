// Log-sums of T = t_abc over the slices of each axis, tile by tile; `parts` holds (top, sum) for a, then b, then c.
struct Params {
  extent: u32,
  padded: u32,
  pairs: u32,
  a_start: u32,
  a_span: u32,
  b_span: u32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read_write> parts: array<vec2f>;    // [(BC + AC + AB) parts, padded]
@group(0) @binding(4) var<storage, read_write> positives: array<f32>; // [N], T_iii

// Terms are summed in windows of this width below the largest one: whatever the spread, none is lost and the sums stay
// far from the smallest float, so that sums of different slices can be merged.
const WINDOW = 40.0;

// Above LEAST, which marks elements that do not exist, and below all others.
const FLOOR = -2.9e38;

// The row where its elements exist and count, else LEAST.
fn existing(row: vec4f, a: u32, b: u32, columns: vec4u) -> vec4f {
  let inside = (columns < vec4u(params.extent)) & vec4<bool>(max(a, b) < params.extent);
  return select(vec4f(LEAST), row, inside & counted(a, b, columns));
}

// exp(row - top) of the elements in [floor, bound).
fn in_window(row: vec4f, top: f32, floor: f32, bound: f32) -> vec4f {
  return select(vec4f(0.0), exp(row - vec4f(top)), (row < vec4f(bound)) & (row >= vec4f(floor)));
}

// The elements below the window, for the next one.
fn below_window(row: vec4f, floor: f32) -> vec4f {
  return select(vec4f(LEAST), row, row < vec4f(floor));
}

fn largest(v: vec4f) -> f32 {
  return max(max(v.x, v.y), max(v.z, v.w));
}

// `kept` together with the part that the lane across gives away.
fn met(kept: vec2f, given: vec2f, across: u32) -> vec2f {
  return merged(kept, subgroupShuffle(given.x, across), subgroupShuffle(given.y, across));
}
