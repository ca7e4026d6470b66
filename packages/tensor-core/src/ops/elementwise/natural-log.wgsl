// ln x = k ln 2 + 2 atanh(s) with x = 2^k m, m around 1 and s = (m - 1) / (m + 1): right next to 1, where some
// drivers' log has no correct digit left, and at 0 and NaN, where some give finite numbers. ln 2 comes in two
// parts so that k ln 2 is exact. Minimax, relative error 5e-9.
fn natural_log(x: vec4f) -> vec4f {
  let tiny = x < vec4f(0x1p-126);
  let bits = bitcast<vec4i>(select(x, x * 0x1p24, tiny));
  let k = (bits - vec4i(0x3f3504f3)) >> vec4u(23u);
  let m = bitcast<vec4f>(bits - (k << vec4u(23u)));
  let s = (m - 1.0) / (m + 1.0);
  let q = s * s;
  let p = 0.33333206 + q * (0.2001085 + q * (0.1399957 + q * 0.14012232));
  let whole = vec4f(k) - select(vec4f(), vec4f(24.0), tiny);
  let value = whole * 0.693145751953125 + (2.0 * s * (1.0 + q * p) + whole * 1.4286068203e-6);
  let infinity_bits = vec4u(0x7f800000u);
  let nan_bits = vec4u(0x7fc00000u);
  let pole = select(x, -bitcast<vec4f>(infinity_bits), x == vec4f());
  let outside = select(bitcast<vec4f>(nan_bits), pole, x >= vec4f());
  return select(outside, value, (x > vec4f()) & (x <= vec4f(0x1.fffffep+127)));
}
