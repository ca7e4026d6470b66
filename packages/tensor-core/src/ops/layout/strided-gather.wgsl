// out[i] = x[source(i)], four consecutive outputs per thread and one wide store: positions are taken apart
// once, then moved on with carries, because integer division costs as much as the loads.
@group(0) @binding(0) var<storage, read> x: array<u32>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4u>;

fn next(before: Cursor) -> Cursor {
  var cursor = before;
  cursor.index5 += 1u;
  cursor.source += params.stride5;
  if (cursor.index5 < params.extent5) { return cursor; }
  cursor.index5 = 0u;
  cursor.source -= i32(params.extent5) * params.stride5;
  if (rank > 2u) {
    cursor.index4 += 1u;
    cursor.source += params.stride4;
    if (cursor.index4 < params.extent4) { return cursor; }
    cursor.index4 = 0u;
    cursor.source -= i32(params.extent4) * params.stride4;
    cursor.index3 += 1u;
    cursor.source += params.stride3;
    if (cursor.index3 < params.extent3) { return cursor; }
    cursor.index3 = 0u;
    cursor.source -= i32(params.extent3) * params.stride3;
  }
  if (rank > 4u) {
    cursor.index2 += 1u;
    cursor.source += params.stride2;
    if (cursor.index2 < params.extent2) { return cursor; }
    cursor.index2 = 0u;
    cursor.source -= i32(params.extent2) * params.stride2;
    cursor.index1 += 1u;
    cursor.source += params.stride1;
    if (cursor.index1 < params.extent1) { return cursor; }
    cursor.index1 = 0u;
    cursor.source -= i32(params.extent1) * params.stride1;
  }
  cursor.source += params.stride0;
  return cursor;
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (wid.x + wid.y * groups.x) * 64u + thread;
  if (i * 4u >= params.size) { return; }
  let a = cursor_at(i * 4u);
  let b = next(a);
  let c = next(b);
  let d = next(c);
  out[i] = vec4u(x[a.source], x[b.source], x[c.source], x[d.source]);
}
