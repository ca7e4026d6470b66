// dλ/dG = v vᵀ: gradients of the products, and of the rest's Gram matrices the sum over a strip of rows.
@group(0) @binding(2) var<storage, read> grad: array<f32>;                 // [rows, columns]
@group(0) @binding(3) var<storage, read_write> of_products: array<f32>;    // [rows, modalities - 1, columns]
@group(0) @binding(4) var<storage, read_write> of_rest_strips: array<f32>; // [strips, columns, modalities - 1, modalities - 1]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 64u + thread;
  if (column >= params.columns) { return; }
  let of_rest = rest_gram(column);
  var sum = empty_matrix();
  let end = min((group.y + 1u) * params.strip, params.rows);
  for (var row = group.y * params.strip; row < end; row++) {
    let upstream = grad[row * params.columns + column];
    var weighted = scaled(top_projector(with_anchor(of_rest, row, column)), upstream);
    for (var k = 1u; k < modalities; k++) {
      of_products[product_place(row, column, k)] = 2.0 * entry(&weighted, 0u, k);
    }
    sum = plus(sum, weighted);
  }
  let others = modalities - 1u;
  let start = (group.y * params.columns + column) * others * others;
  for (var k = 0u; k < others; k++) {
    for (var l = 0u; l < others; l++) {
      of_rest_strips[start + k * others + l] = select(entry(&sum, k + 1u, l + 1u), 0.0, k == l);
    }
  }
}
