// Four rows (tap, c) of one tap in one load: groups have a multiple of 4 channels.
@group(0) @binding(0) var<storage, read> source: array<vec4f>;

fn rows_from(row: u32, rows: u32) -> Index {
  return i32(min(row, rows - 4u));
}

fn offsets_of(axis: Axis, tap: Index) -> Index {
  return offset_of(axis, tap);
}

fn load_source(place: Index, valid: Flag) -> vec4f {
  return select(vec4f(0.0), source[u32(place) / 4u], valid);
}
