// The Gram matrix of five to eight vectors in blocks of four: [[p, q], [qᵀ, r]], zero past `modalities`.
struct Matrix {
  p: mat4x4f,
  q: mat4x4f,
  r: mat4x4f,
}

fn empty_matrix() -> Matrix { return Matrix(mat4x4f(), mat4x4f(), mat4x4f()); }
fn scaled(a: Matrix, factor: f32) -> Matrix { return Matrix(a.p * factor, a.q * factor, a.r * factor); }
fn plus(a: Matrix, b: Matrix) -> Matrix { return Matrix(a.p + b.p, a.q + b.q, a.r + b.r); }

fn squared(a: Matrix) -> Matrix {
  let turned = transpose(a.q);
  return Matrix(a.p * a.p + a.q * turned, a.p * a.q + a.q * a.r, turned * a.q + a.r * a.r);
}

fn entry(a: ptr<function, Matrix>, row: u32, column: u32) -> f32 {
  let first = min(row, column);
  let second = max(row, column);
  if (second < 4u) { return (*a).p[second][first]; }
  if (first < 4u) { return (*a).q[second - 4u][first]; }
  return (*a).r[second - 4u][first - 4u];
}

fn set_pair(a: ptr<function, Matrix>, row: u32, column: u32, value: f32) {
  let first = min(row, column);
  let second = max(row, column);
  if (second < 4u) {
    (*a).p[second][first] = value;
    (*a).p[first][second] = value;
  } else if (first < 4u) {
    (*a).q[second - 4u][first] = value;
  } else {
    (*a).r[second - 4u][first - 4u] = value;
    (*a).r[first - 4u][second - 4u] = value;
  }
}

fn trace_of(a: Matrix) -> f32 {
  return a.p[0][0] + a.p[1][1] + a.p[2][2] + a.p[3][3] + a.r[0][0] + a.r[1][1] + a.r[2][2] + a.r[3][3];
}

fn block_inner(a: mat4x4f, b: mat4x4f) -> f32 {
  return dot(a[0], b[0]) + dot(a[1], b[1]) + dot(a[2], b[2]) + dot(a[3], b[3]);
}

// Σ a_kl b_kl
fn inner(a: Matrix, b: Matrix) -> f32 {
  return block_inner(a.p, b.p) + 2.0 * block_inner(a.q, b.q) + block_inner(a.r, b.r);
}
