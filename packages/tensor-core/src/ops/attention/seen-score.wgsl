// The score of a key for four queries, far below all others where the key does not count or, under CAUSAL, comes after
// the query.
override CAUSAL: bool;
const FAR = 1e30;

fn seen(score: vec4f, mark: f32, key: u32, query: vec4u) -> vec4f {
  let marked = score - mark;
  if (!CAUSAL) { return marked; }
  return select(marked, vec4f(-FAR), vec4u(key) > query);
}
