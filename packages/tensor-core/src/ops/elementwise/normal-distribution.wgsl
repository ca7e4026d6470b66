// Density of the standard normal distribution.
fn normal_density(x: vec4f) -> vec4f {
  return 0.3989422804 * exp(-0.5 * x * x);
}

// Cumulative standard normal distribution, 0.5 erfc(-x / sqrt(2)), accurate in the tail below zero too:
// erfc(z) = exp(-z z) t Q(t) with t = 1 / (1 + 0.4 z); Q is minimax on 0 <= z <= 10, relative error 6e-8.
fn normal_cdf(x: vec4f) -> vec4f {
  let t = 1.0 / (1.0 + 0.28284271247 * abs(x));
  let high = 0.07975859 + t * (0.087961204 + t * (0.083990104 + t * (-0.14032063 + t * 0.041253332)));
  let q = 0.22563423 + t * (0.22644308 + t * (0.20188779 + t * (0.19339235 + t * high)));
  let tail = 0.5 * exp(-0.5 * x * x) * t * q;
  return select(tail, 1.0 - tail, x >= vec4f());
}
