// SGD with momentum on flat buffers, four parameters a thread.

struct Params {
  quads: u32,
}

struct Numbers {
  learning_rate: f32,
  momentum: f32,
  weight_decay: f32,
}

@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> scale: array<f32>;
@group(0) @binding(2) var<storage, read> decay: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> parameter: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> velocity: array<vec4f>;
@group(0) @binding(5) var<storage, read> numbers: Numbers;
var<immediate> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.quads) { return; }
  let p = parameter[i];
  let g = gradient[i] * scale[0] + numbers.weight_decay * decay[i] * p;
  let v = numbers.momentum * velocity[i] + g;
  velocity[i] = v;
  parameter[i] = p - numbers.learning_rate * v;
}
