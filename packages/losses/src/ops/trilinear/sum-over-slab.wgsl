// total[n, k] = sum over a of u[a, n, k] * rows[first + a, k], added to what `total` holds unless this slab is the first one.
// A thread takes four n at four depths k, so that one load of `rows` serves four of `u`.
struct Params {
  count: u32,  // of a
  rows: u32,
  depth_quads: u32,
  first: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> u: array<vec4f>;           // [count, rows, K/4]
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;        // [N, K/4]
@group(0) @binding(2) var<storage, read_write> total: array<vec4f>; // [rows, K/4]

fn put(n: u32, place: u32, sum: vec4f) {
  if (n >= params.rows) { return; }
  if (params.first > 0u) {
    total[place] += sum;
  } else {
    total[place] = sum;
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let k = task % params.depth_quads;
  let n = task / params.depth_quads * 4u;
  if (n >= params.rows) { return; }
  let places = min(vec4u(n) + vec4u(0u, 1u, 2u, 3u), vec4u(params.rows - 1u)) * params.depth_quads + k;
  let matrix = params.rows * params.depth_quads;
  var sum0 = vec4f(0.0);
  var sum1 = vec4f(0.0);
  var sum2 = vec4f(0.0);
  var sum3 = vec4f(0.0);
  for (var a = 0u; a < params.count; a++) {
    let weight = rows[(params.first + a) * params.depth_quads + k];
    let at = vec4u(a * matrix) + places;
    sum0 = fma(u[at.x], weight, sum0);
    sum1 = fma(u[at.y], weight, sum1);
    sum2 = fma(u[at.z], weight, sum2);
    sum3 = fma(u[at.w], weight, sum3);
  }
  put(n, places.x, sum0);
  put(n + 1u, places.y, sum1);
  put(n + 2u, places.z, sum2);
  put(n + 3u, places.w, sum3);
}
