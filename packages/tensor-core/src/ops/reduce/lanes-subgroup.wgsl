// A unit is one subgroup: LANES lanes along x share one row, UNITS rows per workgroup along y.
override LANES: u32 = 8;
override UNITS: u32 = 8;

fn lanes_sum(v: f32, lane: vec3u) -> f32 {
  return subgroupAdd(v);
}

// NaN if any lane holds NaN, which subgroupMax may drop.
fn lanes_max(v: f32, lane: vec3u) -> f32 {
  let with_nan = subgroupAny((bitcast<u32>(v) & 0x7fffffffu) > 0x7f800000u);
  return select(subgroupMax(v), subgroupAdd(v), with_nan);
}

fn lanes_max_u32(v: u32, lane: vec3u) -> u32 {
  return subgroupMax(v);
}

// Sum over the lanes before this one.
fn lanes_before(v: f32, lane: vec3u) -> f32 {
  return subgroupExclusiveAdd(v);
}
