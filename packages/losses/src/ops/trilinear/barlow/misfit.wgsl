// How far an element of C lies from its target, and what that weighs: 1 with weight 1 where all three indices agree,
// `two_target` with `two_weight` where exactly two do, 0 with `off_weight` elsewhere.
struct Misfit {
  weight: vec4f,
  difference: vec4f,
}

// Four columns c of the row (a, b); no weight outside.
fn misfit(value: vec4f, a: u32, b: u32, c: vec4u) -> Misfit {
  let with_a = c == vec4u(a);
  let with_b = c == vec4u(b);
  let two = with_a | with_b | vec4<bool>(a == b);
  let three = with_a & with_b;
  let inside = (c < vec4u(params.extent)) & vec4<bool>(max(a, b) < params.extent);
  let weight = select(select(vec4f(params.off_weight), vec4f(params.two_weight), two), vec4f(1.0), three);
  let goal = select(select(vec4f(0.0), vec4f(params.two_target), two), vec4f(1.0), three);
  return Misfit(select(vec4f(0.0), weight, inside), value - goal);
}

// Its share of the loss.
fn penalty(value: vec4f, a: u32, b: u32, c: vec4u) -> vec4f {
  let m = misfit(value, a, b, c);
  return m.weight * m.difference * m.difference;
}

// The derivative of the penalty.
fn slope(value: vec4f, a: u32, b: u32, c: vec4u) -> vec4f {
  let m = misfit(value, a, b, c);
  return 2.0 * m.weight * m.difference;
}
