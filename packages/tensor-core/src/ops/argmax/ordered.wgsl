// Unsigned integers in the order of the floats, never 0: NaN is 0xffffffff and both zeros are one value.
fn ordered(v: vec4f) -> vec4u {
  let bits = select(bitcast<vec4u>(v), vec4u(0u), v == vec4f(0.0));
  let keys = select(bits | vec4u(0x80000000u), ~bits, bits >= vec4u(0x80000000u));
  return select(keys, vec4u(0xffffffffu), (bits & vec4u(0x7fffffffu)) > vec4u(0x7f800000u));
}
