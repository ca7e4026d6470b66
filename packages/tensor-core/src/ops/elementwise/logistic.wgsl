// 1 / (1 + exp(-x)); the exponential never overflows.
fn logistic(x: vec4f) -> vec4f {
  let e = exp(-abs(x));
  return select(e, vec4f(1.0), x >= vec4f()) / (1.0 + e);
}

// Derivative of logistic, without the cancellation of s (1 - s) near s = 1.
fn logistic_slope(x: vec4f) -> vec4f {
  let e = exp(-abs(x));
  return e / ((1.0 + e) * (1.0 + e));
}
