// y[n, part, c] = scale * sum of x[r, c] over the positions of one part of segment n, with r = position or
// order[position], and scale = 1 or 1 / (length of the segment).
override ORDERED: bool;
override MEAN: bool;

@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read> order: array<i32>;
@group(0) @binding(3) var<storage, read_write> y: array<Element>;

fn row_at(position: u32, column: u32) -> Element {
  if (ORDERED) {
    let row = u32(order[position]);
    return select(Element(0.0), x[row * params.columns + column], row < params.rows);
  }
  return x[position * params.columns + column];
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
