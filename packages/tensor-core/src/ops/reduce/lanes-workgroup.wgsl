// A unit is LANES lanes along x of a workgroup, which meet in workgroup memory: for adapters whose subgroups
// are missing or differ in size. All lanes of the workgroup must call these together.
override LANES: u32 = 32;
override UNITS: u32 = 2;

var<workgroup> slots: array<u32, LANES * UNITS>;

fn lanes_sum(v: f32, lane: vec3u) -> f32 {
  let slot = lane.y * LANES + lane.x;
  slots[slot] = bitcast<u32>(v);
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane.x < half) {
      slots[slot] = bitcast<u32>(bitcast<f32>(slots[slot]) + bitcast<f32>(slots[slot + half]));
    }
  }
  workgroupBarrier();
  let total = bitcast<f32>(slots[lane.y * LANES]);
  workgroupBarrier();
  return total;
}

// NaN if any lane holds NaN, which max may drop.
fn lanes_max(v: f32, lane: vec3u) -> f32 {
  let with_nan = lanes_max_u32(bitcast<u32>(v) & 0x7fffffffu, lane) > 0x7f800000u;
  let slot = lane.y * LANES + lane.x;
  slots[slot] = bitcast<u32>(v);
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane.x < half) {
      slots[slot] = bitcast<u32>(max(bitcast<f32>(slots[slot]), bitcast<f32>(slots[slot + half])));
    }
  }
  workgroupBarrier();
  let largest = bitcast<f32>(slots[lane.y * LANES]);
  workgroupBarrier();
  return select(largest, lanes_sum(v, lane), with_nan);
}

fn lanes_max_u32(v: u32, lane: vec3u) -> u32 {
  let slot = lane.y * LANES + lane.x;
  slots[slot] = v;
  for (var half = LANES / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (lane.x < half) {
      slots[slot] = max(slots[slot], slots[slot + half]);
    }
  }
  workgroupBarrier();
  let largest = slots[lane.y * LANES];
  workgroupBarrier();
  return largest;
}

fn lanes_before(v: f32, lane: vec3u) -> f32 {
  slots[lane.y * LANES + lane.x] = bitcast<u32>(v);
  workgroupBarrier();
  var before = 0.0;
  for (var other = 0u; other < lane.x; other++) {
    before += bitcast<f32>(slots[lane.y * LANES + other]);
  }
  workgroupBarrier();
  return before;
}
