// One value at a time; any extent.
alias Element = f32;

fn components_sum(v: Element) -> f32 {
  return v;
}

// By its bits: compilers may take v != v for false.
fn is_nan(v: Element) -> bool {
  return (bitcast<u32>(v) & 0x7fffffffu) > 0x7f800000u;
}

fn components_max(v: Element) -> f32 {
  return v;
}
