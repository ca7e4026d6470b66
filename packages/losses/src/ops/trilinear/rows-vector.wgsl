// Four depths of a row of each matrix in one load: K is a multiple of 4. Rows outside are zero.
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> y: array<vec4f>;
@group(0) @binding(2) var<storage, read> z: array<vec4f>;

fn place(row: u32, quad: u32) -> u32 {
  return min(row, params.extent - 1u) * params.depth_quads + quad;
}

fn x_at(row: u32, quad: u32) -> vec4f {
  return select(vec4f(0.0), x[place(row, quad)], row < params.extent);
}

fn y_at(row: u32, quad: u32) -> vec4f {
  return select(vec4f(0.0), y[place(row, quad)], row < params.extent);
}

fn z_at(row: u32, quad: u32) -> vec4f {
  return select(vec4f(0.0), z[place(row, quad)], row < params.extent);
}
