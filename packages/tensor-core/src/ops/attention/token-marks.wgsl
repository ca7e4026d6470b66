// What is taken from the scores of a key, for four tokens a thread: 0 where the token counts, else FAR. Tokens past the
// batch row's length, past L, and those that the mask leaves out do not count.
struct Params {
  quads: u32, // of all batch rows
  row_quads: u32, // L / 4, padded
  length: u32, // L
}
var<immediate> params: Params;

override LENGTHS: bool;
override MASK: bool;
const FAR = 1e30;

@group(0) @binding(0) var<storage, read> lengths: array<i32>; // [B]
@group(0) @binding(1) var<storage, read> mask: array<i32>; // [B, L]
@group(0) @binding(2) var<storage, read_write> marks: array<vec4f>; // [B, L / 4]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let quad = (group.x + group.y * groups.x) * 64u + thread;
  if (quad >= params.quads) { return; }
  let row = quad / params.row_quads;
  let token = vec4u(4u * (quad % params.row_quads)) + vec4u(0u, 1u, 2u, 3u);
  var counts = token < vec4u(params.length);
  if (LENGTHS) { counts = counts & (vec4i(token) < vec4i(lengths[row])); }
  if (MASK) {
    let at = vec4u(row * params.length) + min(token, vec4u(params.length - 1u));
    counts = counts & (vec4i(mask[at.x], mask[at.y], mask[at.z], mask[at.w]) != vec4i(0));
  }
  marks[quad] = select(vec4f(FAR), vec4f(0.0), counts);
}
