// Gram matrices of an anchor (index 0) and the rest of a column (1 to modalities - 1), and the projector on their top eigenvector.
struct Params {
  rows: u32,
  columns: u32,
  strip: u32, // rows that a thread goes through
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> products: array<f32>; // [rows, modalities - 1, columns]
@group(0) @binding(1) var<storage, read> rest: array<f32>;     // [columns, modalities - 1, modalities - 1]

// ‖G^(2^n) / tr‖² from which one more squaring leaves less than 3e-9 of the other eigenvectors.
const SHARP = 0.9999;
// Separates eigenvalues that differ by 1e-6 of their size; the rest is float32's rounding.
const SQUARINGS = 24u;

// The Gram matrix of the rest of a column, with an anchor that is orthogonal to it. Every length counts as 1.
fn rest_gram(column: u32) -> Matrix {
  var gram = empty_matrix();
  set_pair(&gram, 0u, 0u, 1.0);
  for (var k = 1u; k < modalities; k++) {
    set_pair(&gram, k, k, 1.0);
    for (var l = 1u; l < k; l++) {
      set_pair(&gram, k, l, rest[(column * (modalities - 1u) + k - 1u) * (modalities - 1u) + l - 1u]);
    }
  }
  return gram;
}

fn product_place(row: u32, column: u32, k: u32) -> u32 {
  return (row * (modalities - 1u) + k - 1u) * params.columns + column;
}

fn with_anchor(rest_of_column: Matrix, row: u32, column: u32) -> Matrix {
  var gram = rest_of_column;
  for (var k = 1u; k < modalities; k++) {
    set_pair(&gram, 0u, k, products[product_place(row, column, k)]);
  }
  return gram;
}

// v vᵀ of the top eigenvector, by repeated squaring of G / tr G: all other eigenvalues vanish against it. Where the top
// eigenvalue is m-fold it is the projector on their eigenspace over m.
fn top_projector(gram: Matrix) -> Matrix {
  var power = scaled(gram, 1.0 / f32(modalities));
  for (var step = 0u; step < SQUARINGS; step++) {
    let next = squared(power);
    let trace = trace_of(next);
    power = scaled(next, 1.0 / trace);
    if (trace > SHARP) { break; }
  }
  return power;
}
