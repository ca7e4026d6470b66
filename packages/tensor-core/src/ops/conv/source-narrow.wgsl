// Four rows (tap, c), each with a tap and a load of its own.
@group(0) @binding(0) var<storage, read> source: array<f32>;

fn rows_from(row: u32, rows: u32) -> Index {
  return vec4i(min(vec4u(row) + vec4u(0u, 1u, 2u, 3u), vec4u(rows - 1u)));
}

fn offsets_of(axis: Axis, tap: Index) -> Index {
  return vec4i(offset_of(axis, tap.x), offset_of(axis, tap.y), offset_of(axis, tap.z), offset_of(axis, tap.w));
}

fn load_source(place: Index, valid: Flag) -> vec4f {
  let at = vec4u(place);
  return select(vec4f(0.0), vec4f(source[at.x], source[at.y], source[at.z], source[at.w]), valid);
}
