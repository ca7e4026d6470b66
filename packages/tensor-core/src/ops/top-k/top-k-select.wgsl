// keys[row, slot], places[row, slot]: the k preferred values of a row, unsorted, ties at the border by lower
// position. One unit per row. The k-th preferred key is found two bits at a time, by counting the keys that
// reach each candidate; counts are exact in f32 up to 2^24.
override SMALLEST: bool;

struct Params {
  rows: u32,
  length: u32,
  k: u32,
  stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> keys: array<u32>;
@group(0) @binding(2) var<storage, read_write> places: array<i32>;

// 0, which no value has, outside the row. NaN, the largest value, has the least key where the smallest are sought.
fn keys_at(block: u32, start: u32, end: u32) -> vec4u {
  let position = vec4u(block * 4u) + vec4u(0u, 1u, 2u, 3u);
  let inside = (position >= vec4u(start)) & (position < vec4u(end));
  let values = ordered(x[block]);
  if (SMALLEST) {
    return select(vec4u(0u), max(~values, vec4u(1u)), inside);
  }
  return select(vec4u(0u), values, inside);
}

fn count(flags: vec4<bool>) -> f32 {
  let ones = select(vec4f(0.0), vec4f(1.0), flags);
  return (ones.x + ones.y) + (ones.z + ones.w);
}

@compute @workgroup_size(LANES, UNITS)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) lane: vec3u,
) {
  let row = (group.x + group.y * groups.x) * UNITS + lane.y;
  let start = row * params.length;
  let end = select(start, start + params.length, row < params.rows);
  let first = start / 4u;
  let last = (end + 3u) / 4u;
  let k = f32(params.k);

  var border = 0u;
  for (var pair = 0u; pair < 16u; pair++) {
    let unit = 1u << (30u - 2u * pair);
    var reached = vec3f(0.0);
    for (var block = first + lane.x; block < last; block += LANES) {
      let found = keys_at(block, start, end);
      reached += vec3f(
        count(found >= vec4u(border + unit)),
        count(found >= vec4u(border + 2u * unit)),
        count(found >= vec4u(border + 3u * unit)),
      );
    }
    let one = lanes_sum(reached.x, lane);
    let two = lanes_sum(reached.y, lane);
    let three = lanes_sum(reached.z, lane);
    border += unit * (u32(one >= k) + u32(two >= k) + u32(three >= k));
  }

  // Each lane collects from a stretch of its own, so that slots follow positions.
  let stretch = (last - first + LANES - 1u) / LANES;
  let begin = min(first + lane.x * stretch, last);
  let stop = min(begin + stretch, last);
  var above = 0.0;
  var equal = 0.0;
  for (var block = begin; block < stop; block++) {
    let found = keys_at(block, start, end);
    above += count(found > vec4u(border));
    equal += count(found == vec4u(border));
  }
  let all_above = u32(lanes_sum(above, lane));
  var next_above = u32(lanes_before(above, lane));
  var next_equal = all_above + u32(lanes_before(equal, lane));
  for (var block = begin; block < stop; block++) {
    let found = keys_at(block, start, end);
    for (var i = 0u; i < 4u; i++) {
      let key = found[i];
      var slot = params.k;
      if (key > border) {
        slot = next_above;
        next_above++;
      } else if (key == border && key > 0u) {
        slot = next_equal;
        next_equal++;
      }
      if (slot < params.k) {
        keys[row * params.stride + slot] = key;
        places[row * params.stride + slot] = i32(block * 4u + i - start);
      }
    }
  }
}
