// T of a slab of indices a, in place: entries that are not in the softmaxes become LEAST, whose exponential is 0 beside any other's.
// The columns of one (a, b) are a row; a thread takes four of them, or what is left of them.
const LEAST = -3.0e38;

struct Params {
  extent: u32, // rows of one a, and columns
  a_start: u32,
  count: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> slab: array<f32>; // [count, extent, extent]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let quads = (params.extent + 3u) / 4u;
  let row = task / quads;
  let a_in_slab = row / params.extent;
  if (a_in_slab >= params.count) { return; }
  let first = 4u * (task - row * quads);
  let columns = vec4u(first) + vec4u(0u, 1u, 2u, 3u);
  let kept = counted(params.a_start + a_in_slab, row - a_in_slab * params.extent, columns);
  for (var i = 0u; i < min(4u, params.extent - first); i++) {
    if (!kept[i]) { slab[row * params.extent + first + i] = LEAST; }
  }
}
