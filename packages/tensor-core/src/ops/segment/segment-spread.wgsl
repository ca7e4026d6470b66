// dx[r, c] = scale * weight[r] * grad[n, c] for every position of segment n: the transpose of the segment sum.
// With an order, rows in no segment keep what dx was filled with; without, they are set to zero here.
override ORDERED: bool;
override MEAN: bool;
override WEIGHTED: bool;

@group(0) @binding(1) var<storage, read> grad: array<Element>;
@group(0) @binding(2) var<storage, read> order: array<i32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>; // [rows]
@group(0) @binding(4) var<storage, read_write> by_row: array<Element>;

fn put(row: u32, column: u32, value: Element) {
  let at = row * params.columns + column;
  if (WEIGHTED) {
    by_row[at] = weights[row] * value;
  } else {
    by_row[at] = value;
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let work = work_of((group.x + group.y * groups.x) * WORKGROUP + local);
  if (work.segment >= params.segments) {
    return;
  }
  let span = span_of(work.segment);
  let part = part_of(span, work.part);
  var value = grad[work.segment * params.columns + work.column];
  if (MEAN) {
    value /= f32(max(span.end - span.start, 1u));
  }
  for (var position = part.start; position < part.end; position++) {
    if (ORDERED) {
      let row = u32(order[position]);
      if (row < params.rows) {
        put(row, work.column, value);
      }
    } else {
      put(position, work.column, value);
    }
  }
  if (!ORDERED) {
    clear_rows_outside(work, span);
  }
}
