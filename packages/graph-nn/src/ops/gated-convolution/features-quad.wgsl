// A lane holds four features.
alias Features = vec4f;

struct Gated {
  message: Features,
  gate_slope: Features,
  core_slope: Features,
}

fn message(gate: Features, core: Features, m: f32) -> Features {
  return gated4(gate, core, m).message;
}

fn gated(gate: Features, core: Features, m: f32) -> Gated {
  let four = gated4(gate, core, m);
  return Gated(four.message, four.gate_slope, four.core_slope);
}

fn times(a: Features, b: Features) -> Features {
  return a * b;
}
