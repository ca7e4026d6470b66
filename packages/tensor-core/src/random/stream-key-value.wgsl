// The key of the stream as two words of params: params.key0 and params.key1.
fn stream_key() -> vec2u {
  return vec2u(params.key0, params.key1);
}
