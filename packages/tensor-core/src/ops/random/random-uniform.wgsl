// out[i] = offset + scale * u_i, u_i the upper 24 bits of word i of the key's stream; one block of four per thread.
struct Params {
  blocks: u32,
  key0: u32,
  key1: u32,
  offset: f32,
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let block = (wid.x + wid.y * groups.x) * 64u + thread;
  if (block >= params.blocks) { return; }
  let words = random_words(block, stream_key());
  out[block] = params.offset + params.scale * (vec4f(words >> vec4u(8u)) * 0x1p-24f);
}
