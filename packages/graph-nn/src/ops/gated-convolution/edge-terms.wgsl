// z_e = target part of i + source part of j + edge part of e + bias for an edge e = (j -> i), gate and core. The edge part has a
// row for each edge, or one for all edges of a kind; an edge with a kind counts as many times as its multiplicity says.
override BY_KIND: bool = false;

@group(0) @binding(0) var<storage, read> node_part: array<Features>; // [N, 4W]
@group(0) @binding(1) var<storage, read> edge_part: array<Features>; // [E, 2W] or [K, 2W]
@group(0) @binding(2) var<storage, read> bias: array<Features>; // [2W]
@group(0) @binding(3) var<storage, read> source_of: array<i32>; // [E]
@group(0) @binding(4) var<storage, read> offsets: array<i32>; // [N + 1], by target
@group(0) @binding(5) var<storage, read> counted_kind: array<i32>; // [E], kind + 2^24 * multiplicity

struct Terms {
  gate: Features,
  core: Features,
}

struct EdgeTerms {
  gate: Features,
  core: Features,
  multiplicity: f32,
}

// What is the same for all edges into a node.
fn target_terms(node: u32, column: u32) -> Terms {
  let at = 4u * node * params.groups + column;
  return Terms(node_part[at] + bias[column], node_part[at + params.groups] + bias[column + params.groups]);
}

fn edge_terms(e: u32, column: u32, terms: Terms) -> EdgeTerms {
  var row = e;
  var multiplicity = 1.0;
  if (BY_KIND) {
    let counted = u32(counted_kind[e]);
    row = counted & 0xffffffu;
    multiplicity = f32(counted >> 24u);
  }
  let source = (4u * u32(source_of[e]) + 2u) * params.groups + column;
  let edge = 2u * row * params.groups + column;
  let gate = terms.gate + node_part[source] + edge_part[edge];
  let core = terms.core + node_part[source + params.groups] + edge_part[edge + params.groups];
  return EdgeTerms(gate, core, multiplicity);
}
