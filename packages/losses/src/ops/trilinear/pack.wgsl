// Packs three matrices [N, K] as the operands of a trilinear product, f32 [3, K/2, padded, 2], the first one times `scale`.
// A thread moves 4 indices x 4 depths of each; what lies outside is zero.
struct Params {
  extent: u32,
  depth: u32,
  padded: u32,
  depth_quads: u32,
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(3) var<storage, read_write> packed: array<mat4x2f>; // [3, K/2, padded/4]

// Depths 4 quad .. 4 quad + 3 of four indices, and their places in `packed`.
fn put(which: u32, index_quad: u32, depth_quad: u32, v0: vec4f, v1: vec4f, v2: vec4f, v3: vec4f) {
  let row = params.padded / 4u;
  let place = (which * 2u * params.depth_quads + 2u * depth_quad) * row + index_quad;
  if (which < 2u) {
    packed[place] = mat4x2f(v0.xy, v1.xy, v2.xy, v3.xy);
    packed[place + row] = mat4x2f(v0.zw, v1.zw, v2.zw, v3.zw);
  } else {
    packed[place] = mat4x2f(v0.x, v1.x, v2.x, v3.x, v0.y, v1.y, v2.y, v3.y);
    packed[place + row] = mat4x2f(v0.z, v1.z, v2.z, v3.z, v0.w, v1.w, v2.w, v3.w);
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let index_quad = task / params.depth_quads;
  let depth_quad = task - index_quad * params.depth_quads;
  if (4u * index_quad >= params.padded) { return; }
  let n = 4u * index_quad;
  let s = params.scale;
  put(0u, index_quad, depth_quad, s * x_at(n, depth_quad), s * x_at(n + 1u, depth_quad), s * x_at(n + 2u, depth_quad), s * x_at(n + 3u, depth_quad));
  put(1u, index_quad, depth_quad, y_at(n, depth_quad), y_at(n + 1u, depth_quad), y_at(n + 2u, depth_quad), y_at(n + 3u, depth_quad));
  put(2u, index_quad, depth_quad, z_at(n, depth_quad), z_at(n + 1u, depth_quad), z_at(n + 2u, depth_quad), z_at(n + 3u, depth_quad));
}
