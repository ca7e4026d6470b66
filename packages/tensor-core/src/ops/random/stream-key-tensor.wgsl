// The key of the stream: row params.key0 of a tensor of keys.
@group(0) @binding(1) var<storage, read> keys: array<vec2u>;
fn stream_key() -> vec2u {
  return keys[params.key0];
}
