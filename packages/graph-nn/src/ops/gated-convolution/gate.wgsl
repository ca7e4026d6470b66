// The gate on four features of m equal edges: message = m sigmoid(gate) * softplus(core), and its slopes, d message / d gate
// and / d core.

struct Gated4 {
  message: vec4f,
  gate_slope: vec4f,
  core_slope: vec4f,
}

// The slopes are m s(gate) (1 - s(gate)) softplus(core) and m s(gate) s(core), s = sigmoid. With small = exp(-|x|), s(x) is
// 1 / (1 + small) or small / (1 + small), and s (1 - s) = small / (1 + small)^2: nothing overflows or cancels.
fn gated4(gate: vec4f, core: vec4f, m: f32) -> Gated4 {
  let gate_small = exp(-abs(gate));
  let core_small = exp(-abs(core));
  let gate_inverse = 1.0 / (1.0 + gate_small);
  let gate_most = m * gate_inverse;
  let core_most = 1.0 / (1.0 + core_small);
  let gate_least = gate_small * gate_most;
  let open = select(gate_least, gate_most, gate >= vec4f(0.0));
  let rising = select(core_small * core_most, core_most, core >= vec4f(0.0));
  let softplus = max(core, vec4f(0.0)) + log(1.0 + core_small);
  return Gated4(open * softplus, gate_least * gate_inverse * softplus, open * rising);
}
