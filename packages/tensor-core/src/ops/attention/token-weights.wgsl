// weights[b, t] = 1 / n where token t of row b counts, else 0, with n the number of those that do. One thread per row.
struct Params {
  rows: u32,
  length: u32, // L
}
var<immediate> params: Params;

override LENGTHS: bool;
override MASK: bool;

@group(0) @binding(0) var<storage, read> lengths: array<i32>; // [B]
@group(0) @binding(1) var<storage, read> mask: array<i32>; // [B, L]
@group(0) @binding(2) var<storage, read_write> weights: array<f32>; // [B, L]

fn counts(row: u32, token: u32) -> bool {
  var inside = true;
  if (LENGTHS) { inside = i32(token) < lengths[row]; }
  if (MASK) { inside = inside && mask[row * params.length + token] != 0; }
  return inside;
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let row = (group.x + group.y * groups.x) * 64u + thread;
  if (row >= params.rows) { return; }
  var count = 0u;
  for (var token = 0u; token < params.length; token++) {
    count += select(0u, 1u, counts(row, token));
  }
  let weight = 1.0 / f32(max(count, 1u));
  for (var token = 0u; token < params.length; token++) {
    weights[row * params.length + token] = select(0.0, weight, counts(row, token));
  }
}
