// A lane holds eight features: on lavapipe a load of 32 bytes costs less per byte than one of 16, and one of 64 leaves too
// few registers.
alias Features = mat2x4f;

struct Gated {
  message: Features,
  gate_slope: Features,
  core_slope: Features,
}

fn message(gate: Features, core: Features, m: f32) -> Features {
  return Features(gated4(gate[0], core[0], m).message, gated4(gate[1], core[1], m).message);
}

fn gated(gate: Features, core: Features, m: f32) -> Gated {
  let low = gated4(gate[0], core[0], m);
  let high = gated4(gate[1], core[1], m);
  return Gated(
    Features(low.message, high.message),
    Features(low.gate_slope, high.gate_slope),
    Features(low.core_slope, high.core_slope),
  );
}

fn times(a: Features, b: Features) -> Features {
  return Features(a[0] * b[0], a[1] * b[1]);
}
