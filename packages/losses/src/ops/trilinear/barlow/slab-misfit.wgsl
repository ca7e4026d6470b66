// C of a slab of indices a becomes its penalties, or d(loss)/dC, in place; four columns c per thread.
override SLOPE: bool = false;

struct Params {
  extent: u32,
  a_start: u32,
  count: u32,
  rows: u32,
  column_quads: u32,
  off_weight: f32,
  two_weight: f32,
  two_target: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> slab: array<vec4f>; // [count, rows, column_quads]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let row = task / params.column_quads;
  let a_in_slab = row / params.rows;
  if (a_in_slab >= params.count) { return; }
  let a = params.a_start + a_in_slab;
  let b = row - a_in_slab * params.rows;
  let c = vec4u(4u * (task - row * params.column_quads)) + vec4u(0u, 1u, 2u, 3u);
  let value = slab[task];
  if (SLOPE) {
    slab[task] = slope(value, a, b, c);
  } else {
    slab[task] = penalty(value, a, b, c);
  }
}
