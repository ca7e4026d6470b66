// What the kernels of the gated convolution share. N nodes, E edges, W features; a `Features` is what one lane holds, and
// there are `groups` of them in W. Rows of nodes are [target gate, target core, source gate, source core], rows of edges
// [gate, core], each W wide. Every lane works alone: on one group of a node's row, through the edges of that node.

struct Params {
  // Nodes, or kinds of edges.
  segments: u32,
  edges: u32,
  groups: u32,
  // Where the sums over edges go: row `row_stride` * segment + `first_row`, in rows of 2W.
  row_stride: u32,
  first_row: u32,
}
var<immediate> params: Params;

const WORKGROUP = 64u;

// Positions start to end - 1 of a node in the order that the offsets count. Clamped, so that offsets with wrong values
// can neither hang the loop nor leave the edges.
struct Span {
  start: u32,
  end: u32,
}

fn span_of(start: i32, end: i32) -> Span {
  let last = i32(params.edges);
  let first = clamp(start, 0, last);
  return Span(u32(first), u32(clamp(end, first, last)));
}
