// Without dropout.
fn dropped(block: u32, x: vec4f) -> vec4f {
  return x;
}
