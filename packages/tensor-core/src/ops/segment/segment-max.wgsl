// y[n, c] = largest x[p, c] over the positions of segment n, 0 where it is empty. NaN wins.
@group(0) @binding(1) var<storage, read> x: array<Element>;
@group(0) @binding(2) var<storage, read_write> y: array<Element>;

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
  var largest = Element(0.0);
  if (span.start < span.end) {
    largest = x[span.start * params.columns + work.column];
  }
  for (var position = span.start + 1u; position < span.end; position++) {
    let value = x[position * params.columns + work.column];
    largest = select(largest, value, is_nan(value) | ((value > largest) & !is_nan(largest)));
  }
  y[thread] = largest;
}
