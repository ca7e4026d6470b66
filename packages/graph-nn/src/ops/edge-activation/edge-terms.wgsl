// What the kernels of the edge activation share. N nodes, E edges, W features in `columns` groups of four; rows of nodes are
// [target part, source part], each W wide.

struct Params {
  nodes: u32,
  edges: u32,
  columns: u32,
}
var<immediate> params: Params;

const WORKGROUP = 64u;

@group(0) @binding(0) var<storage, read> node_part: array<vec4f>; // [N, 2W]
@group(0) @binding(1) var<storage, read> edge_part: array<vec4f>; // [E, W]
@group(0) @binding(2) var<storage, read> source_of: array<i32>; // [E]
@group(0) @binding(3) var<storage, read> target_of: array<i32>; // [E]

// z_e = target part of i + source part of j + edge part of e for the edge e = (j -> i); thread = e * columns + column.
fn sum_at(thread: u32) -> vec4f {
  let e = thread / params.columns;
  let column = thread - e * params.columns;
  let target_row = 2u * u32(target_of[e]) * params.columns + column;
  let source_row = (2u * u32(source_of[e]) + 1u) * params.columns + column;
  return node_part[target_row] + node_part[source_row] + edge_part[thread];
}

// 1 / (1 + exp(-z)) without overflow: small = exp(-|z|) lies in (0, 1].
fn logistic(z: vec4f) -> vec4f {
  let small = exp(-abs(z));
  return select(small, vec4f(1.0), z >= vec4f(0.0)) / (1.0 + small);
}
