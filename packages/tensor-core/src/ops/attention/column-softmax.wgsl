// scores[matrix, key, query], logarithms in base 2, become weights 2^(s - m) / total over the keys that count, with the
// largest m and the total of each query; a thread per four queries. A query that does not count, or has no key, gets
// weights 0: m = FAR and 1 / total = 0. Under CAUSAL no query sees keys after it.
struct Params {
  threads: u32,
  heads: u32,
  first_matrix: u32,
  first_quad: u32, // of the queries
  query_quads: u32,
  row_quads: u32, // L / 4, padded: of keys, and of the marks of a batch row
}
var<immediate> params: Params;

const LEAST = -1e29;

@group(0) @binding(0) var<storage, read> marks: array<vec4f>; // [B, L / 4]
@group(0) @binding(1) var<storage, read_write> scores: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> statistics: array<vec4f>; // [matrix of all][m, 1 / total][L / 4]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let item = (group.x + group.y * groups.x) * 64u + thread;
  if (item >= params.threads) { return; }
  let column = item % params.query_quads;
  let local = item / params.query_quads;
  let matrix = params.first_matrix + local;
  let first_mark = matrix / params.heads * params.row_quads;
  let quad = params.first_quad + column;
  let query = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u);
  let stride = params.query_quads;
  let first = local * 4u * params.row_quads * stride + column;

  var largest = vec4f(LEAST);
  var total = vec4f(0.0);
  for (var keys = 0u; keys < params.row_quads; keys++) {
    let mark = marks[first_mark + keys];
    let at = first + 4u * keys * stride;
    let s0 = seen(scores[at], mark.x, 4u * keys, query);
    let s1 = seen(scores[at + stride], mark.y, 4u * keys + 1u, query);
    let s2 = seen(scores[at + 2u * stride], mark.z, 4u * keys + 2u, query);
    let s3 = seen(scores[at + 3u * stride], mark.w, 4u * keys + 3u, query);
    let top = max(largest, max(max(s0, s1), max(s2, s3)));
    total = total * exp2(largest - top) + ((exp2(s0 - top) + exp2(s1 - top)) + (exp2(s2 - top) + exp2(s3 - top)));
    largest = top;
  }
  let none = (marks[first_mark + quad] != vec4f(0.0)) | (total == vec4f(0.0));
  let m = select(largest, vec4f(FAR), none);
  let inverse = select(1.0 / total, vec4f(0.0), none);
  let row = 2u * matrix * params.row_quads + quad;
  statistics[row] = m;
  statistics[row + params.row_quads] = inverse;
  for (var keys = 0u; keys < params.row_quads; keys++) {
    let mark = marks[first_mark + keys];
    let at = first + 4u * keys * stride;
    scores[at] = exp2(seen(scores[at], mark.x, 4u * keys, query) - m) * inverse;
    scores[at + stride] = exp2(seen(scores[at + stride], mark.y, 4u * keys + 1u, query) - m) * inverse;
    scores[at + 2u * stride] = exp2(seen(scores[at + 2u * stride], mark.z, 4u * keys + 2u, query) - m) * inverse;
    scores[at + 3u * stride] = exp2(seen(scores[at + 3u * stride], mark.w, 4u * keys + 3u, query) - m) * inverse;
  }
}
