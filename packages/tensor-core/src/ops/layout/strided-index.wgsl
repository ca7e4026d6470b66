// Where the values of an output of up to six axes lie in its source:
//   source(i) = base + sum over axes k of index_k * stride_k, i the row-major position in the output.
// Of `rank` axes (2, 4 or 6) the outermost has slot 0, the others the last slots; `extent0` is not needed to
// take a position apart.
override rank: u32 = 6;

struct Params {
  size: u32,
  base: i32,
  extent1: u32,
  extent2: u32,
  extent3: u32,
  extent4: u32,
  extent5: u32,
  stride0: i32,
  stride1: i32,
  stride2: i32,
  stride3: i32,
  stride4: i32,
  stride5: i32,
}
var<immediate> params: Params;

// Index along each axis and the source position, moved forward together.
struct Cursor {
  index1: u32,
  index2: u32,
  index3: u32,
  index4: u32,
  index5: u32,
  source: i32,
}

fn cursor_at(position: u32) -> Cursor {
  var cursor: Cursor;
  var rest = position;
  var quotient = rest / params.extent5;
  cursor.index5 = rest - quotient * params.extent5;
  cursor.source = params.base + i32(cursor.index5) * params.stride5;
  rest = quotient;
  if (rank > 2u) {
    quotient = rest / params.extent4;
    cursor.index4 = rest - quotient * params.extent4;
    cursor.source += i32(cursor.index4) * params.stride4;
    rest = quotient;
    quotient = rest / params.extent3;
    cursor.index3 = rest - quotient * params.extent3;
    cursor.source += i32(cursor.index3) * params.stride3;
    rest = quotient;
  }
  if (rank > 4u) {
    quotient = rest / params.extent2;
    cursor.index2 = rest - quotient * params.extent2;
    cursor.source += i32(cursor.index2) * params.stride2;
    rest = quotient;
    quotient = rest / params.extent1;
    cursor.index1 = rest - quotient * params.extent1;
    cursor.source += i32(cursor.index1) * params.stride1;
    rest = quotient;
  }
  cursor.source += i32(rest) * params.stride0;
  return cursor;
}
