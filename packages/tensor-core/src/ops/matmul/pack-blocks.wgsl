// As pack.wgsl, for operands whose depths are adjacent and whose other strides are multiples of 4: a block of four
// indices x four depths is four loads, exchanged in registers. The grid counts quads of indices, blocks of depths and
// batches, which saves the divisions of a linear grid.
struct Params {
  indices: u32,
  depth: u32,
  batches: u32,
  batch_stride: u32,
  index_stride: u32,
  depth_stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> loose: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) place: vec3u) {
  let quads = (params.indices + 3u) / 4u;
  let quad = place.x;
  let block = place.y;
  let batch = place.z;
  if (quad >= quads) { return; }
  let index = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.indices - 1u));
  let from_place = (vec4u(batch * params.batch_stride) + index * params.index_stride) / 4u + block;
  let columns = transpose(mat4x4f(loose[from_place.x], loose[from_place.y], loose[from_place.z], loose[from_place.w]));
  let to = (batch * params.depth + 4u * block) * quads + quad;
  packed[to] = columns[0];
  if (4u * block + 1u < params.depth) { packed[to + quads] = columns[1]; }
  if (4u * block + 2u < params.depth) { packed[to + 2u * quads] = columns[2]; }
  if (4u * block + 3u < params.depth) { packed[to + 3u * quads] = columns[3]; }
}
