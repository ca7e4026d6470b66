// T of a slab of indices a becomes dL/dT in place, four columns c per thread.
struct Params {
  extent: u32,
  padded: u32,
  a_start: u32,
  count: u32,
  rows: u32,
  column_quads: u32,
  unit: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> log_sums: array<f32>;     // [3, padded]
@group(0) @binding(1) var<storage, read> upstream: array<f32>;     // [1]
@group(0) @binding(2) var<storage, read_write> slab: array<vec4f>; // [count, rows, column_quads]

fn log_sums_at(c: vec4u) -> vec4f {
  return vec4f(log_sums[c.x], log_sums[c.y], log_sums[c.z], log_sums[c.w]);
}

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
  let last = vec4u(params.extent - 1u);
  let log_a = log_sums[min(a, last.x)];
  let log_b = log_sums[params.padded + min(b, last.x)];
  let log_c = log_sums_at(vec4u(2u * params.padded) + min(c, last));
  let low = min(log_a, log_b);
  let unit = upstream[0] * params.unit;
  slab[task] = slope(unit, slab[task], low, pair_weight(low, log_a, log_b), log_c, a, b, c);
}
