// dz = dy f'(z), four elements per thread. `known` is z for silu and gelu, and y = f(z) for the others.
struct Params {
  quads: u32,
  kind: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> known: array<vec4f>;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> dz: array<vec4f>;

fn derivative(kind: u32, v: vec4f) -> vec4f {
  switch kind {
    case RELU: { return select(vec4f(1.0), vec4f(0.0), v <= vec4f(0.0)); }
    case SILU: {
      let gate = sigmoid_of(v);
      return gate * (1.0 + v * (1.0 - gate));
    }
    case GELU: {
      let density = 0.39894228 * exp(-0.5 * v * v);
      return 0.5 * erfc_fit(v * -0.70710678) + v * density;
    }
    case TANH: { return (1.0 - v) * (1.0 + v); }
    case SIGMOID: { return v * (1.0 - v); }
    case SOFTPLUS: { return select(1.0 - exp(-v), v * (1.0 - v * (0.5 - v * (1.0 / 6.0))), v < vec4f(0.01)); }
    default: { return vec4f(1.0); }
  }
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let quad = (group.x + group.y * groups.x) * 64u + thread;
  if (quad >= params.quads) { return; }
  dz[quad] = dy[quad] * derivative(params.kind, known[quad]);
}
