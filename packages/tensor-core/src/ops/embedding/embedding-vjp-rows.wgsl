// partial[k, v, c] = sum of grad[i, c] over the rows i of chunk k with ids[i] = v, in order of i. One thread per (k, v, c)
// looks at all ids of its chunk: for small tables, on devices that have threads to spare.
struct Params {
  rows: u32,
  columns: u32,
  table_rows: u32,
  chunks: u32,
  rows_per_chunk: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> grad: array<Element>;
@group(0) @binding(1) var<storage, read> ids: array<u32>;
@group(0) @binding(2) var<storage, read_write> partial: array<Element>;

const WORKGROUP = 64u;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let column = thread % params.columns;
  let id = thread / params.columns % params.table_rows;
  let chunk = thread / (params.columns * params.table_rows);
  if (chunk >= params.chunks) {
    return;
  }
  let end = min((chunk + 1u) * params.rows_per_chunk, params.rows);
  var total = Element(0.0);
  for (var row = chunk * params.rows_per_chunk; row < end; row++) {
    if (ids[row] == id) {
      total += grad[row * params.columns + column];
    }
  }
  partial[thread] = total;
}
