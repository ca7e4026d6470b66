// scale * x where word 4 * block + k of the key's stream is `threshold` or more, else 0, for the four elements of a block.
fn dropped(block: u32, x: vec4f) -> vec4f {
  return select(vec4f(0.0), params.scale * x, random_words(block, stream_key()) >= vec4u(params.threshold));
}
