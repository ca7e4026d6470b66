// x[batch, token, head] = scale packed[matrix, token], or ADD that to x; four tokens and four features a thread.
struct Params {
  threads: u32,
  heads: u32,
  length: u32, // L
  width: u32, // d / 4
  first_matrix: u32,
  first_quad: u32, // of the tokens
  token_quads: u32, // in `packed`
  scale: f32,
}
var<immediate> params: Params;

override ADD: bool;

@group(0) @binding(0) var<storage, read> packed: array<vec4f>; // [matrix, token, d / 4]
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>; // [B, L, H, d / 4]

fn write(token: u32, to: u32, from_place: u32) {
  if (token >= params.length) { return; }
  let value = params.scale * packed[from_place];
  if (ADD) {
    x[to] += value;
  } else {
    x[to] = value;
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let item = (group.x + group.y * groups.x) * 64u + thread;
  if (item >= params.threads) { return; }
  let row = item / params.width;
  let column = item - row * params.width;
  let local = row / params.token_quads;
  let matrix = params.first_matrix + local;
  let batch = matrix / params.heads;
  let token = 4u * (params.first_quad + row - local * params.token_quads);
  let stride = params.heads * params.width;
  let to = (batch * params.length + token) * stride + (matrix - batch * params.heads) * params.width + column;
  let from_place = 4u * row * params.width + column;
  write(token, to, from_place);
  write(token + 1u, to + stride, from_place + params.width);
  write(token + 2u, to + 2u * stride, from_place + 2u * params.width);
  write(token + 3u, to + 3u * stride, from_place + 3u * params.width);
}
