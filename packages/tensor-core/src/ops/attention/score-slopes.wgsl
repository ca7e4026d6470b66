// From scores and from slopes = dL/d(weight), both [matrix, key, query]: the weights p, as column-softmax makes them,
// and dL/d(score) = p (slope - sum of p slope over keys). Four keys and four queries a thread.
struct Params {
  threads: u32,
  heads: u32,
  first_matrix: u32,
  first_quad: u32, // of the queries
  query_quads: u32,
  row_quads: u32, // L / 4, padded: of keys, and of the marks of a batch row
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> marks: array<vec4f>; // [B, L / 4]
@group(0) @binding(1) var<storage, read> statistics: array<vec4f>; // [matrix of all][m, 1 / total][L / 4]
@group(0) @binding(2) var<storage, read> sums: array<vec4f>; // of p slope, [matrix of all][L / 4]
@group(0) @binding(3) var<storage, read_write> scores: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> slopes: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let item = (group.x + group.y * groups.x) * 64u + thread;
  if (item >= params.threads) { return; }
  let stride = params.query_quads;
  let column = item % stride;
  let keys = item / stride % params.row_quads;
  let local = item / (stride * params.row_quads);
  let matrix = params.first_matrix + local;
  let quad = params.first_quad + column;
  let query = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u);
  let mark = marks[matrix / params.heads * params.row_quads + keys];
  let row = 2u * matrix * params.row_quads + quad;
  let m = statistics[row];
  let inverse = statistics[row + params.row_quads];
  let sum = sums[matrix * params.row_quads + quad];
  let at = (local * params.row_quads + keys) * 4u * stride + column;
  let p0 = exp2(seen(scores[at], mark.x, 4u * keys, query) - m) * inverse;
  let p1 = exp2(seen(scores[at + stride], mark.y, 4u * keys + 1u, query) - m) * inverse;
  let p2 = exp2(seen(scores[at + 2u * stride], mark.z, 4u * keys + 2u, query) - m) * inverse;
  let p3 = exp2(seen(scores[at + 3u * stride], mark.w, 4u * keys + 3u, query) - m) * inverse;
  scores[at] = p0;
  scores[at + stride] = p1;
  scores[at + 2u * stride] = p2;
  scores[at + 3u * stride] = p3;
  slopes[at] = p0 * (slopes[at] - sum);
  slopes[at + stride] = p1 * (slopes[at + stride] - sum);
  slopes[at + 2u * stride] = p2 * (slopes[at + 2u * stride] - sum);
  slopes[at + 3u * stride] = p3 * (slopes[at + 3u * stride] - sum);
}
