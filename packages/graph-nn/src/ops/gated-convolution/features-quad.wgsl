// A lane holds four features.
alias Features = vec4f;

struct Gated {
  message: Features,
  gate_slope: Features,
  core_slope: Features,
}

fn message(gate: Features, core: Features) -> Features {
  return gated4(gate, core).message;
}

fn gated(gate: Features, core: Features) -> Gated {
  let four = gated4(gate, core);
  return Gated(four.message, four.gate_slope, four.core_slope);
}

fn times(a: Features, b: Features) -> Features {
  return a * b;
}
