// Four columns in one load: groups have a multiple of 4 of them.
@group(0) @binding(1) var<storage, read> grad: array<vec4f>;

fn load_grad(place: u32) -> vec4f {
  return grad[place / 4u];
}
