// The Gram matrix of up to four vectors; `Matrix` is a mat2x2f, mat3x3f or mat4x4f, `modalities` its side.
fn empty_matrix() -> Matrix { return Matrix(); }
fn scaled(a: Matrix, factor: f32) -> Matrix { return a * factor; }
fn plus(a: Matrix, b: Matrix) -> Matrix { return a + b; }
fn squared(a: Matrix) -> Matrix { return a * a; }

fn entry(a: ptr<function, Matrix>, row: u32, column: u32) -> f32 { return (*a)[column][row]; }

fn set_pair(a: ptr<function, Matrix>, row: u32, column: u32, value: f32) {
  (*a)[column][row] = value;
  (*a)[row][column] = value;
}

fn trace_of(a: Matrix) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < modalities; k++) { sum += a[k][k]; }
  return sum;
}

// Σ a_kl b_kl
fn inner(a: Matrix, b: Matrix) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < modalities; k++) { sum += dot(a[k], b[k]); }
  return sum;
}
