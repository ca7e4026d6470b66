// out[first + a, k] = sum over n of u[a, n, k] * rows[n, k], four depths k of one a per thread.
struct Params {
  count: u32,  // of a
  rows: u32,
  depth_quads: u32,
  first: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> u: array<vec4f>;         // [count, rows, K/4]
@group(0) @binding(1) var<storage, read> rows: array<vec4f>;      // [rows, K/4]
@group(0) @binding(2) var<storage, read_write> out: array<vec4f>; // [N, K/4]

@compute @workgroup_size(8)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 8u + thread;
  let a = task / params.depth_quads;
  let k = task - a * params.depth_quads;
  if (a >= params.count) { return; }
  let start = a * params.rows * params.depth_quads + k;
  var sum = vec4f(0.0);
  for (var n = 0u; n < params.rows; n++) {
    let at = n * params.depth_quads;
    sum = fma(u[start + at], rows[at + k], sum);
  }
  out[(params.first + a) * params.depth_quads + k] = sum;
}
