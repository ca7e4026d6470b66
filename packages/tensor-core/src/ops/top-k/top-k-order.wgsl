// Puts the k selected values of each row in order: the rank of a slot is the number of slots preferred to it.
// Equal keys stand in order of position already. One thread per (row, slot).
struct Params {
  rows: u32,
  length: u32,
  k: u32,
  stride: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> keys: array<vec4u>;
@group(0) @binding(2) var<storage, read> places: array<i32>;
@group(0) @binding(3) var<storage, read_write> values: array<f32>;
@group(0) @binding(4) var<storage, read_write> indices: array<i32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.rows * params.k) {
    return;
  }
  let row = thread / params.k;
  let slot = thread % params.k;
  let base = row * params.stride;
  let key = keys[(base + slot) / 4u][(base + slot) % 4u];
  var before = vec4u(0u);
  for (var block = 0u; block < params.stride / 4u; block++) {
    let other = vec4u(block * 4u) + vec4u(0u, 1u, 2u, 3u);
    let found = keys[base / 4u + block];
    let preferred = (found > vec4u(key)) | ((found == vec4u(key)) & (other < vec4u(slot)));
    before += select(vec4u(0u), vec4u(1u), preferred & (other < vec4u(params.k)));
  }
  let rank = before.x + before.y + before.z + before.w;
  let place = places[base + slot];
  values[row * params.k + rank] = x[row * params.length + u32(place)];
  indices[row * params.k + rank] = place;
}
