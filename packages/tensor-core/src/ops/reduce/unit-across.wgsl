// The lanes of a unit share one contiguous row.
fn unit_sum(v: Element, lane: vec3u) -> Element {
  return Element(lanes_sum(components_sum(v), lane));
}

fn unit_max(v: Element, lane: vec3u) -> Element {
  return Element(lanes_max(components_max(v), lane));
}
