// Four features of a row of one matrix in one load: D is a multiple of 4. What is read outside is of no account.
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> y: array<vec4f>;
@group(0) @binding(2) var<storage, read> z: array<vec4f>;

fn features_at(which: u32, row: u32, quad: u32) -> vec4f {
  let quads = params.features / 4u;
  let place = min(row, params.batch - 1u) * quads + min(quad, quads - 1u);
  switch which {
    case 0u: { return x[place]; }
    case 1u: { return y[place]; }
    default: { return z[place]; }
  }
}
