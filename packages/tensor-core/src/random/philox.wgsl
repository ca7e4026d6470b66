// Philox4x32-10 (Salmon et al., SC'11), the same stream as philox.ts bit for bit.

// Upper 32 bits of a 32 x 32 bit product, from 16-bit halves.
fn multiply_high(a: u32, b: u32) -> u32 {
  let a_low = a & 0xffffu;
  let a_high = a >> 16u;
  let b_low = b & 0xffffu;
  let b_high = b >> 16u;
  let middle = a_high * b_low + ((a_low * b_low) >> 16u);
  let carried = a_low * b_high + (middle & 0xffffu);
  return a_high * b_high + (middle >> 16u) + (carried >> 16u);
}

fn philox_round(c: vec4u, k: vec2u) -> vec4u {
  return vec4u(
    multiply_high(0xcd9e8d57u, c.z) ^ c.y ^ k.x,
    0xcd9e8d57u * c.z,
    multiply_high(0xd2511f53u, c.x) ^ c.w ^ k.y,
    0xd2511f53u * c.x,
  );
}

// Words 4 * block ... 4 * block + 3 of the stream of a key.
fn random_words(block: u32, stream_key: vec2u) -> vec4u {
  let step = vec2u(0x9e3779b9u, 0xbb67ae85u);
  var c = vec4u(block, 0u, 0u, 0u);
  var k = stream_key;
  for (var round = 0u; round < 10u; round++) {
    c = philox_round(c, k);
    k += step;
  }
  return c;
}
