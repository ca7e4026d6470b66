// out[row, part] = reduction of one chunk of a contiguous row of `length` values.
// One unit per (row, part). Loads are aligned vec4 whatever the length; values outside the chunk are masked.
struct Params {
  rows: u32,
  length: u32,
  chunk: u32,
  chunks: u32,
  scale: f32,
  infinity: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<Element>;
@group(0) @binding(1) var<storage, read> shifts: array<f32>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;

fn loaded(kind: u32, index: u32, start: u32, end: u32, shift: Element) -> Element {
  let position = vec4u(index * 4u) + vec4u(0u, 1u, 2u, 3u);
  let inside = (position >= vec4u(start)) & (position < vec4u(end));
  return select(neutral(kind), mapped(kind, x[index], shift), inside);
}

fn across_lanes(v: Element, lane: vec3u) -> f32 {
  switch KIND {
    case MIN: {
      return -lanes_max(components_max(-v), lane);
    }
    case MAX: {
      return lanes_max(components_max(v), lane);
    }
    default: {
      return lanes_sum(components_sum(v), lane);
    }
  }
}

fn folded(kind: u32, start: u32, end: u32, shift: f32, lane: vec3u) -> Element {
  let last = (end + 3u) / 4u;
  var at = start / 4u + lane.x;
  var a = neutral(kind);
  var b = a;
  var c = a;
  var d = a;
  for (; at + 3u * LANES < last; at += 4u * LANES) {
    a = merged(kind, a, loaded(kind, at, start, end, Element(shift)));
    b = merged(kind, b, loaded(kind, at + LANES, start, end, Element(shift)));
    c = merged(kind, c, loaded(kind, at + 2u * LANES, start, end, Element(shift)));
    d = merged(kind, d, loaded(kind, at + 3u * LANES, start, end, Element(shift)));
  }
  for (; at < last; at += LANES) {
    a = merged(kind, a, loaded(kind, at, start, end, Element(shift)));
  }
  return merged(kind, merged(kind, a, b), merged(kind, c, d));
}

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let unit = (group.x + group.y * groups.x) * UNITS + lane.y;
  let valid = unit < params.rows * params.chunks;
  let row = unit / params.chunks;
  let start = row * params.length + (unit % params.chunks) * params.chunk;
  let end = select(start, min(start + params.chunk, (row + 1u) * params.length), valid);
  var result = 0.0;
  if (KIND == LOG_SUM_EXP) {
    let largest = lanes_max(components_max(folded(MAX, start, end, 0.0, lane)), lane);
    let shift = finite_shift(Element(largest)).x;
    let total = lanes_sum(components_sum(folded(EXP_SUM, start, end, shift, lane)), lane);
    result = log_total(Element(largest), Element(total)).x;
  } else {
    let shift = shifts[row];
    result = across_lanes(folded(KIND, start, end, shift, lane), lane) * params.scale;
  }
  if (valid && lane.x == 0u) {
    out[unit] = result;
  }
}
