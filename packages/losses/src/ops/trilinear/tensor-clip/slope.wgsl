// dL/dT_abc = unit [exp(T - A_a) + exp(T - B_b) + exp(T - C_c)] - 3 unit [a = b = c] with unit = dL/dloss / 3N and the log-sums A, B, C.
// T is at most its log-sums, so no term exceeds 1. Entries that are in no softmax have slope 0.

// exp(low - A_a) + exp(low - B_b) with the lower one of both log-sums: two terms that share exp(T - low).
fn pair_weight(low: f32, log_a: f32, log_b: f32) -> f32 {
  return exp(low - log_a) + exp(low - log_b);
}

// Four columns c of the row (a, b); zero outside.
fn slope(unit: f32, score: vec4f, low: f32, weight: f32, log_c: vec4f, a: u32, b: u32, c: vec4u) -> vec4f {
  let positive = (c == vec4u(a)) & vec4<bool>(a == b);
  let shares = exp(score - vec4f(low)) * weight + exp(score - log_c) - select(vec4f(0.0), vec4f(3.0), positive);
  let inside = (c < vec4u(params.extent)) & vec4<bool>(max(a, b) < params.extent);
  return select(vec4f(0.0), unit * shares, inside & counted(a, b, c));
}
