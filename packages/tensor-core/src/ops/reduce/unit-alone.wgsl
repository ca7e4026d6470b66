// A unit is one thread that walks down its own column (four columns side by side where Element is vec4f).
override LANES: u32 = 1;
override UNITS: u32 = 64;

fn unit_sum(v: Element, lane: vec3u) -> Element {
  return v;
}

fn unit_max(v: Element, lane: vec3u) -> Element {
  return v;
}
