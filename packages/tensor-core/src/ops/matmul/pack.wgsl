// packed[batch][depth][index] = loose[batch][index, depth]: an operand with its rows (or columns) adjacent and padded to a
// multiple of 4. A thread moves a block of four indices x four depths; the padding repeats the last index.
struct Params {
  indices: u32,
  depth: u32,
  batches: u32,
  batch_stride: u32,
  index_stride: u32,
  depth_stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> loose: array<f32>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let quads = (params.indices + 3u) / 4u;
  let blocks = (params.depth + 3u) / 4u;
  let item = (group.x + group.y * groups.x) * 64u + thread;
  let quad = item % quads;
  let depth = item / quads % blocks * 4u;
  let batch = item / (quads * blocks);
  if (batch >= params.batches) { return; }
  let index = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.indices - 1u));
  let source = vec4u(batch * params.batch_stride) + index * params.index_stride;
  let to = (batch * params.depth + depth) * quads + quad;
  for (var step = 0u; step < min(4u, params.depth - depth); step++) {
    let at = source + (depth + step) * params.depth_stride;
    packed[to + step * quads] = vec4f(loose[at.x], loose[at.y], loose[at.z], loose[at.w]);
  }
}
