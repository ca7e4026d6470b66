// tanh(x): an odd polynomial (minimax, relative error 4e-9) below 0.625, else by an exponential that never overflows.
fn hyperbolic_tangent(x: vec4f) -> vec4f {
  let q = x * x;
  let p = -0.33333284 + q * (0.1333149 + q * (-0.053743497 + q * (0.020650579 - q * 0.005717037)));
  let e = exp(-2.0 * abs(x));
  return select(sign(x) * ((1.0 - e) / (1.0 + e)), x + x * q * p, q < vec4f(0.390625));
}
