// Four columns, each in a load of its own. What lies past a group's columns ends in the padding of the parts.
@group(0) @binding(1) var<storage, read> grad: array<f32>;

fn load_grad(place: u32) -> vec4f {
  let at = min(vec4u(place) + vec4u(0u, 1u, 2u, 3u), vec4u(arrayLength(&grad) - 1u));
  return vec4f(grad[at.x], grad[at.y], grad[at.z], grad[at.w]);
}
