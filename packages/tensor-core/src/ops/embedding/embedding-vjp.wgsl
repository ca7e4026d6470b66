// partial[k, v, c] += grad[i, c] for the rows i of chunk k with ids[i] = v, in order of i. One thread per (k, c) owns
// partial[k, :, c], so nothing is shared and the result repeats; partial starts as zeros.
struct Params {
  rows: u32,
  columns: u32,
  table_rows: u32,
  chunks: u32,
  rows_per_chunk: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> grad: array<Element>;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> partial: array<Element>;

const WORKGROUP = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let chunk = thread / params.columns;
  let column = thread % params.columns;
  if (chunk >= params.chunks) {
    return;
  }
  let end = min((chunk + 1u) * params.rows_per_chunk, params.rows);
  let own = chunk * params.table_rows;
  for (var row = chunk * params.rows_per_chunk; row < end; row++) {
    let id = u32(ids[row]);
    if (id < params.table_rows) {
      partial[(own + id) * params.columns + column] += grad[row * params.columns + column];
    }
  }
}
