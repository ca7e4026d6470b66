// Activations by number; 0 is the identity.
const RELU = 1u;
const SILU = 2u;
const GELU = 3u;
const TANH = 4u;
const SIGMOID = 5u;
const SOFTPLUS = 6u;

// erfc by a Chebyshev fit in t = 2 / (2 + |x|), relative error below 1.2e-7
// (Numerical Recipes, 2nd ed., section 6.2).
fn erfc_fit(x: vec4f) -> vec4f {
  let size = abs(x);
  let t = 2.0 / (2.0 + size);
  var p = 0.17087277 * t - 0.82215223;
  p = p * t + 1.48851587;
  p = p * t - 1.13520398;
  p = p * t + 0.27886807;
  p = p * t - 0.18628806;
  p = p * t + 0.09678418;
  p = p * t + 0.37409196;
  p = p * t + 1.00002368;
  p = p * t - 1.26551223;
  let tail = t * exp(p - size * size);
  return select(2.0 - tail, tail, x >= vec4f(0.0));
}

// 1 / (1 + exp(-x)), without overflow at either end.
fn sigmoid_of(x: vec4f) -> vec4f {
  let decay = exp(-abs(x));
  return select(decay, vec4f(1.0), x >= vec4f(0.0)) / (1.0 + decay);
}

// tanh by exp(-2 |x|), and by its series where that would cancel.
fn tanh_of(x: vec4f) -> vec4f {
  let decay = exp(-2.0 * abs(x));
  let far = sign(x) * (1.0 - decay) / (1.0 + decay);
  let square = x * x;
  let near = x * (1.0 + square * (-1.0 / 3.0 + square * (2.0 / 15.0 + square * (-17.0 / 315.0 + square * (62.0 / 2835.0)))));
  return select(far, near, square < vec4f(0.0625));
}

// log(1 + exp(x)), with log(1 + d) by its series where d is small.
fn softplus_of(x: vec4f) -> vec4f {
  let decay = exp(-abs(x));
  let near = decay * (1.0 - decay * (0.5 - decay * (1.0 / 3.0 - decay * 0.25)));
  return max(x, vec4f(0.0)) + select(log(1.0 + decay), near, decay < vec4f(0.015));
}

// NaN stays, told by its bits: compilers may take a comparison alone for max(), which drops it.
fn relu_of(x: vec4f) -> vec4f {
  let is_nan = (bitcast<vec4u>(x) & vec4u(0x7fffffffu)) > vec4u(0x7f800000u);
  return select(x, vec4f(0.0), (x < vec4f(0.0)) & !is_nan);
}

fn activate(kind: u32, x: vec4f) -> vec4f {
  switch kind {
    case RELU: { return relu_of(x); }
    case SILU: { return x * sigmoid_of(x); }
    case GELU: { return 0.5 * x * erfc_fit(x * -0.70710678); }
    case TANH: { return tanh_of(x); }
    case SIGMOID: { return sigmoid_of(x); }
    case SOFTPLUS: { return softplus_of(x); }
    default: { return x; }
  }
}
