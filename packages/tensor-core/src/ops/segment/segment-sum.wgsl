// y[n, part, c] = scale * sum of weight[r] * x[r, c] over the positions of one part of segment n, with r = position or
// order[position], scale = 1 or 1 / (length of the segment), and all weights 1 where there are none.
override ORDERED: bool;
override MEAN: bool;
override WEIGHTED: bool;

@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read> order: array<i32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>; // [rows]
@group(0) @binding(4) var<storage, read_write> y: array<Element>;

fn weighted(row: u32, column: u32) -> Element {
  let value = x[row * params.columns + column];
  if (WEIGHTED) { return weights[row] * value; }
  return value;
}

fn row_at(position: u32, column: u32) -> Element {
  if (ORDERED) {
    let row = u32(order[position]);
    return select(Element(0.0), weighted(row, column), row < params.rows);
  }
  return weighted(position, column);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  let work = work_of(thread);
  if (work.segment >= params.segments) {
    return;
  }
  let span = span_of(work.segment);
  let part = part_of(span, work.part);
  var total = Element(0.0);
  for (var block = part.start; block < part.end; block += BLOCK) {
    let end = min(block + BLOCK, part.end);
    var subtotal = Element(0.0);
    for (var position = block; position < end; position++) {
      subtotal += row_at(position, work.column);
    }
    total += subtotal;
  }
  if (MEAN) {
    total /= f32(max(span.end - span.start, 1u));
  }
  y[thread] = total;
}
