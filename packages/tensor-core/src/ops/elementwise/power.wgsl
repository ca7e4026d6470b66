// a^b; a negative base has real powers only for whole exponents and gives NaN for others.
fn power(a: vec4f, b: vec4f) -> vec4f {
  let size = select(exp(b * natural_log(abs(a))), vec4f(1.0), (b == vec4f()) | (a == vec4f(1.0)));
  let whole = b == floor(b);
  let odd = whole & (fract(0.5 * b) != vec4f());
  let nan_bits = vec4u(0x7fc00000u);
  let below_zero = select(bitcast<vec4f>(nan_bits), select(size, -size, odd), whole);
  return select(size, below_zero, a < vec4f());
}

// d(a^b)/da = b a^(b-1), zero for b = 0.
fn power_slope_base(a: vec4f, b: vec4f) -> vec4f {
  return select(b * power(a, b - 1.0), vec4f(), b == vec4f());
}

// d(a^b)/db = a^b log(a), zero at a = 0 for b >= 0, NaN for negative a.
fn power_slope_exponent(a: vec4f, b: vec4f, y: vec4f) -> vec4f {
  let nan_bits = vec4u(0x7fc00000u);
  let slope = select(y * natural_log(abs(a)), bitcast<vec4f>(nan_bits), a < vec4f());
  return select(slope, vec4f(), (a == vec4f()) & (b >= vec4f()));
}
