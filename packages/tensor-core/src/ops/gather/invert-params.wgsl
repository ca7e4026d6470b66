// A counting sort of the positions of an index by the row they name: E positions in chunks, N rows.
// `earlier[c, n]` counts how often chunk c names row n, then how often the chunks in front of c do.
struct Params {
  size: u32,    // E
  rows: u32,    // N
  chunks: u32,
  chunk: u32,   // positions of a chunk
}
var<immediate> params: Params;
