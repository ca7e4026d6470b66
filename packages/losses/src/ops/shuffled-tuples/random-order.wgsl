// order[i] = how many numbers of its row come before number i, equal ones in order of position: a permutation of 0 ... count - 1 for
// each row. A thread takes one i.
struct Params {
  rows: u32,
  count: u32,
  number_quads: u32,
  order_stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> numbers: array<vec4f>;     // [rows, number_quads], no more than `count` of a row are used
@group(0) @binding(1) var<storage, read_write> order: array<i32>;  // [rows, order_stride]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let row = task / params.count;
  if (row >= params.rows) { return; }
  let i = task - row * params.count;
  let first = row * params.number_quads;
  let own = vec4f(numbers[first + i / 4u][i % 4u]);
  var before = vec4u(0u);
  for (var quad = 0u; quad < params.number_quads; quad++) {
    let others = numbers[first + quad];
    let positions = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u);
    let earlier = (others < own) | ((others == own) & (positions < vec4u(i)));
    before += select(vec4u(0u), vec4u(1u), earlier & (positions < vec4u(params.count)));
  }
  order[row * params.order_stride + i] = i32(before.x + before.y + before.z + before.w);
}
