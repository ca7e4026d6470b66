// dx = y (grad - sum of grad y over the segment) of the segment softmax.
@group(0) @binding(1) var<storage, read> y: array<Element>;
@group(0) @binding(2) var<storage, read> grad: array<Element>;
@group(0) @binding(3) var<storage, read_write> by_row: array<Element>;

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
  var total = Element(0.0);
  for (var block = span.start; block < span.end; block += BLOCK) {
    let end = min(block + BLOCK, span.end);
    var subtotal = Element(0.0);
    for (var position = block; position < end; position++) {
      let at = position * params.columns + work.column;
      subtotal += grad[at] * y[at];
    }
    total += subtotal;
  }
  for (var position = span.start; position < span.end; position++) {
    let at = position * params.columns + work.column;
    by_row[at] = y[at] * (grad[at] - total);
  }
  clear_rows_outside(work, span);
}
