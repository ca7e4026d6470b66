// Triples of three different indices, and the positives (i, i, i), are in the softmaxes: four columns c of the row (a, b).
fn counted(a: u32, b: u32, c: vec4u) -> vec4<bool> {
  let with_a = c == vec4u(a);
  let with_b = c == vec4u(b);
  return !(with_a | with_b | vec4<bool>(a == b)) | (with_a & with_b);
}
