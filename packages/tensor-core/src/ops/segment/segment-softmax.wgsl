// y[p, c] = exp(x[p, c] - m) / s, with m the maximum and s the sum of exp(x - m) over the segment of p.
@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> by_row: array<Element>;

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
  // Starts from a value of the segment: there is no literal for -infinity.
  var largest = x[span.start * params.columns + work.column];
  for (var position = span.start + 1u; position < span.end; position++) {
    largest = max(largest, x[position * params.columns + work.column]);
  }
  var total = Element(0.0);
  for (var block = span.start; block < span.end; block += BLOCK) {
    let end = min(block + BLOCK, span.end);
    var subtotal = Element(0.0);
    for (var position = block; position < end; position++) {
      subtotal += exp(x[position * params.columns + work.column] - largest);
    }
    total += subtotal;
  }
  let factor = 1.0 / total;
  for (var position = span.start; position < span.end; position++) {
    let at = position * params.columns + work.column;
    by_row[at] = exp(x[at] - largest) * factor;
  }
  clear_rows_outside(work, span);
}
