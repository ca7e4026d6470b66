// Packed operands back as matrices f32 [3, padded, K], zeros where they were padded. A thread moves 4 indices x 4 depths.
struct Params {
  padded: u32,
  depth_quads: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> packed: array<vec4f>;      // [3, K/2, padded/4, 8]
@group(0) @binding(1) var<storage, read_write> rows: array<vec4f>;  // [3, padded, K/4]

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let task = (group.x + group.y * groups.x) * 64u + thread;
  let depth_quad = task % params.depth_quads;
  let index_quad = task / params.depth_quads % (params.padded / 4u);
  let which = task / params.depth_quads / (params.padded / 4u);
  if (which >= 3u) { return; }
  let row = params.padded / 4u;
  let first = ((which * params.depth_quads + depth_quad) * 2u * row + index_quad) * 2u;
  let second = first + 2u * row;
  let v0 = packed[first];
  let v1 = packed[first + 1u];
  let w0 = packed[second];
  let w1 = packed[second + 1u];
  let place = (which * params.padded + 4u * index_quad) * params.depth_quads + depth_quad;
  if (which < 2u) {
    rows[place] = vec4f(v0.xy, w0.xy);
    rows[place + params.depth_quads] = vec4f(v0.zw, w0.zw);
    rows[place + 2u * params.depth_quads] = vec4f(v1.xy, w1.xy);
    rows[place + 3u * params.depth_quads] = vec4f(v1.zw, w1.zw);
  } else {
    rows[place] = vec4f(v0.x, v1.x, w0.x, w1.x);
    rows[place + params.depth_quads] = vec4f(v0.y, v1.y, w0.y, w1.y);
    rows[place + 2u * params.depth_quads] = vec4f(v0.z, v1.z, w0.z, w1.z);
    rows[place + 3u * params.depth_quads] = vec4f(v0.w, v1.w, w0.w, w1.w);
  }
}
