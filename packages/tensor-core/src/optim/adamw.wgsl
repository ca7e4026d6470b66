// AdamW on flat buffers, four parameters a thread.
// g is scaled by scale[0] (gradient clipping); decay[i] is 1 where weight decay applies, else 0.

struct Params {
  quads: u32,
}

struct Numbers {
  learning_rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weight_decay: f32,
  correction1: f32, // 1 / (1 - beta1^t)
  correction2: f32, // 1 / (1 - beta2^t)
}

@group(0) @binding(0) var<storage, read> gradient: array<vec4f>;
@group(0) @binding(1) var<storage, read> scale: array<f32>;
@group(0) @binding(2) var<storage, read> decay: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> parameter: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> first_moment: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> second_moment: array<vec4f>;
@group(0) @binding(6) var<storage, read> numbers: Numbers;
var<immediate> params: Params;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) lane: u32) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  if (i >= params.quads) { return; }
  let g = gradient[i] * scale[0];
  let m = mix(g, first_moment[i], vec4f(numbers.beta1));
  let v = mix(g * g, second_moment[i], vec4f(numbers.beta2));
  let decayed = parameter[i] * (1.0 - numbers.learning_rate * numbers.weight_decay * decay[i]);
  first_moment[i] = m;
  second_moment[i] = v;
  parameter[i] = decayed
    - numbers.learning_rate * numbers.correction1 * m / (sqrt(v * numbers.correction2) + numbers.epsilon);
}
