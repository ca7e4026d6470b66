// Four neighbouring values at a time; extents are multiples of 4.
alias Element = vec4f;

fn components_sum(v: Element) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

// By its bits: compilers may take v != v for false.
fn is_nan(v: Element) -> vec4<bool> {
  return (bitcast<vec4u>(v) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
}

// NaN if any component is NaN.
fn components_max(v: Element) -> f32 {
  return select(max(max(v.x, v.y), max(v.z, v.w)), components_sum(v), any(is_nan(v)));
}
