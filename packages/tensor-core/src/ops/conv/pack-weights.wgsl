// packed[group][tap][k][j] = weights[group * group_stride + k * k_stride + j * j_stride + tap], rows of j padded with zeros to a
// multiple of 4; one thread per quad of j.
struct Params {
  groups: u32,
  taps: u32,
  depth: u32,
  columns: u32,
  group_stride: u32,
  k_stride: u32,
  j_stride: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> weights: array<f32>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;

fn weight_at(start: u32, j: u32) -> f32 {
  if (j >= params.columns) { return 0.0; }
  return weights[start + j * params.j_stride];
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let at = (group.x + group.y * groups.x) * WORKGROUP + local;
  let quads = (params.columns + 3u) / 4u;
  let j = at % quads * 4u;
  let k = at / quads % params.depth;
  let tap = at / (quads * params.depth) % params.taps;
  let channel_group = at / (quads * params.depth * params.taps);
  if (channel_group >= params.groups) { return; }
  let start = channel_group * params.group_stride + k * params.k_stride + tap;
  packed[at] = vec4f(weight_at(start, j), weight_at(start, j + 1u), weight_at(start, j + 2u), weight_at(start, j + 3u));
}
