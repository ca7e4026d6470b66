// sums[matrix, token] = output . gradient over the features of a head: the sum of weight times slope over all keys, since
// the output is the sum of weights times values. Four tokens a thread; 0 for tokens that do not count.
struct Params {
  threads: u32,
  heads: u32,
  length: u32, // L
  width: u32, // d / 4
  row_quads: u32, // L / 4, padded
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> output: array<vec4f>; // [B, L, H, d / 4]
@group(0) @binding(1) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(2) var<storage, read> marks: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> sums: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let item = (group.x + group.y * groups.x) * 64u + thread;
  if (item >= params.threads) { return; }
  let quad = item % params.row_quads;
  let matrix = item / params.row_quads;
  let batch = matrix / params.heads;
  let token = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.length - 1u));
  let first = ((vec4u(batch * params.length) + token) * params.heads + matrix % params.heads) * params.width;
  var sum = vec4f(0.0);
  for (var column = 0u; column < params.width; column++) {
    let at = first + column;
    sum += vec4f(
      dot(output[at.x], gradient[at.x]),
      dot(output[at.y], gradient[at.y]),
      dot(output[at.z], gradient[at.z]),
      dot(output[at.w], gradient[at.w]),
    );
  }
  let counts = marks[batch * params.row_quads + quad] == vec4f(0.0);
  sums[item] = select(vec4f(0.0), sum, counts);
}
