// y = f(z), dropped; four elements per thread.
struct Params {
  quads: u32,
  kind: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> z: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let quad = (group.x + group.y * groups.x) * 64u + thread;
  if (quad >= params.quads) { return; }
  y[quad] = dropped(quad, activate(params.kind, z[quad]));
}
