// Four depths of a row of each matrix, loaded one by one: any K. Rows and depths outside are zero.
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> y: array<f32>;
@group(0) @binding(2) var<storage, read> z: array<f32>;

fn places(row: u32, quad: u32) -> vec4u {
  let depths = min(vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u), vec4u(params.depth - 1u));
  return vec4u(min(row, params.extent - 1u) * params.depth) + depths;
}

fn inside(row: u32, quad: u32, v: vec4f) -> vec4f {
  let depths = vec4u(4u * quad) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4f(0.0), v, (depths < vec4u(params.depth)) & vec4<bool>(row < params.extent));
}

fn x_at(row: u32, quad: u32) -> vec4f {
  let at = places(row, quad);
  return inside(row, quad, vec4f(x[at.x], x[at.y], x[at.z], x[at.w]));
}

fn y_at(row: u32, quad: u32) -> vec4f {
  let at = places(row, quad);
  return inside(row, quad, vec4f(y[at.x], y[at.y], y[at.z], y[at.w]));
}

fn z_at(row: u32, quad: u32) -> vec4f {
  let at = places(row, quad);
  return inside(row, quad, vec4f(z[at.x], z[at.y], z[at.z], z[at.w]));
}
