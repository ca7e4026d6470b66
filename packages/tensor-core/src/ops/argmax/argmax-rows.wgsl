// out[row] = first position of the largest (SMALLEST: smallest) value of a contiguous row; NaN counts as both.
override SMALLEST: bool;

struct Params {
  rows: u32,
  length: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> out: array<i32>;

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let row = (group.x + group.y * groups.x) * UNITS + lane.y;
  let valid = row < params.rows;
  let start = row * params.length;
  let end = select(start, start + params.length, valid);

  var best = vec4u(0u);
  var place = vec4u(0xffffffffu);
  for (var at = start / 4u + lane.x; at < (end + 3u) / 4u; at += LANES) {
    let position = vec4u(at * 4u) + vec4u(0u, 1u, 2u, 3u);
    let inside = (position >= vec4u(start)) & (position < vec4u(end));
    let keys = select(vec4u(0u), preference(x[at]), inside);
    let better = keys > best;
    best = select(best, keys, better);
    place = select(place, position, better);
  }
  let top = lanes_max_u32(max(max(best.x, best.y), max(best.z, best.w)), lane);
  let candidates = select(vec4u(0xffffffffu), place, best == vec4u(top));
  let first = min(min(candidates.x, candidates.y), min(candidates.z, candidates.w));
  let earliest = ~lanes_max_u32(~first, lane);
  if (valid && lane.x == 0u) {
    out[row] = i32(earliest - start);
  }
}

fn preference(v: vec4f) -> vec4u {
  let keys = ordered(v);
  if (SMALLEST) {
    return select(~keys, keys, keys == vec4u(0xffffffffu));
  }
  return keys;
}
