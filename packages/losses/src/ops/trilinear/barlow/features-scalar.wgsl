// Four features of a row of one matrix, loaded one by one: any D. What is read outside is of no account.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> y: array<f32>;
@group(0) @binding(2) var<storage, read> z: array<f32>;

fn features_at(which: u32, row: u32, quad: u32) -> vec4f {
  let features = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.features - 1u));
  let at = vec4u(min(row, params.batch - 1u) * params.features) + features;
  switch which {
    case 0u: { return vec4f(x[at.x], x[at.y], x[at.z], x[at.w]); }
    case 1u: { return vec4f(y[at.x], y[at.y], y[at.z], y[at.w]); }
    default: { return vec4f(z[at.x], z[at.y], z[at.z], z[at.w]); }
  }
}
