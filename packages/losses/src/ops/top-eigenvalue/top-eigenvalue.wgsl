// λ of the Gram matrix of row i's anchor and column j's rest, for a strip of rows and one column a thread.
@group(0) @binding(2) var<storage, read_write> eigenvalues: array<f32>; // [rows, columns]

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let column = group.x * 64u + thread;
  if (column >= params.columns) { return; }
  let of_rest = rest_gram(column);
  let end = min((group.y + 1u) * params.strip, params.rows);
  for (var row = group.y * params.strip; row < end; row++) {
    let gram = with_anchor(of_rest, row, column);
    eigenvalues[row * params.columns + column] = inner(top_projector(gram), gram);
  }
}
