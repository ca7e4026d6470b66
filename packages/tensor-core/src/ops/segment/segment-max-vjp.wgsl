// dx[p, c] = grad[n, c] * [x[p, c] == y[n, c]] / (number of such p in segment n): ties share equally.
@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read> y: array<Element>;
@group(0) @binding(3) var<storage, read> grad: array<Element>;
@group(0) @binding(4) var<storage, read_write> by_row: array<Element>;

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
  let largest = y[thread];
  var ties = Element(0.0);
  for (var position = span.start; position < span.end; position++) {
    let equal = x[position * params.columns + work.column] == largest;
    ties += select(Element(0.0), Element(1.0), equal);
  }
  // No ties where y is NaN: the quotient is not used then.
  let share = grad[thread] / ties;
  for (var position = span.start; position < span.end; position++) {
    let at = position * params.columns + work.column;
    by_row[at] = select(Element(0.0), share, x[at] == largest);
  }
  clear_rows_outside(work, span);
}
