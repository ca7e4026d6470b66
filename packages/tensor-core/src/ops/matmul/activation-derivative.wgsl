// dz = dropped dy * f'(z), and where SUMMED the sums of dz over chunks of rows, sums[part, column]. One thread per chunk of rows
// and quad of columns; `known` is z for silu and gelu, and y = f(z) for the others. Rows of any length are taken so many
// together that they are whole quads: of those the last may be cut short.
struct Params {
  elements: u32,
  // Quads of a row.
  width: u32,
  chunk: u32,
  chunks: u32,
  kind: u32,
  key0: u32,
  key1: u32,
  threshold: u32,
  scale: f32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;
override SUMMED: bool = true;

@group(0) @binding(0) var<storage, read> known: array<vec4f>;
@group(0) @binding(1) var<storage, read> dy: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> dz: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec4f>;

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

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let part = thread / params.width;
  let column = thread - part * params.width;
  if (part >= params.chunks) { return; }
  let begin = part * params.chunk;
  let quads = (params.elements + 3u) / 4u;
  let end = min(begin + params.chunk, (quads + params.width - 1u - column) / params.width);
  var total = vec4f(0.0);
  for (var row = begin; row < end; row++) {
    let at = row * params.width + column;
    let slope = dropped(at, dy[at]) * derivative(params.kind, known[at]);
    dz[at] = slope;
    // The last quad may hold what lies behind the elements.
    total += select(vec4f(0.0), slope, vec4u(4u * at) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.elements));
  }
  if (SUMMED) { sums[thread] = total; }
}
