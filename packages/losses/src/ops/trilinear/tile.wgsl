// t_abc = sum over k of p_ka q_kb r_kc in tiles of LANES x LANES x 4 LANES that stay in the registers of one subgroup: rows are the
// pairs (a, b), columns are c. At one depth lane l holds p of index a0 + l, q of b0 + l and r of four columns; the rows' factors are
// formed from them and handed round. Lines at the marks are written by tile-source.ts. A workgroup walks over the tiles of its
// stretches of a and b; what becomes of a tile is up to the marks "begin", "each_a", "tile", "done_a" and "done".
@group(0) @binding(0) var<storage, read> p: array<vec2f>;   // [K/2, padded]
@group(0) @binding(1) var<storage, read> q: array<vec2f>;   // [K/2, padded]
@group(0) @binding(2) var<storage, read> r: array<mat2x4f>; // [K/2, padded/4]

@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let c0 = group.x * 4u * LANES;
  let columns = vec4u(c0 + 4u * lane) + vec4u(0u, 1u, 2u, 3u);
  let b_first = group.y * params.b_span;
  let a_first = params.a_start + group.z * params.a_span;
  let b_end = min(params.extent, b_first + params.b_span);
  let a_end = min(params.extent, a_first + params.a_span);
  // [begin]
  // The outer loops test at their ends: lavapipe passes once more through the body of a loop that tests first.
  var a0 = a_first;
  loop {
    // [each_a]
    var b0 = b_first;
    loop {
      // [accumulators]
      var at_a = a0 + lane;
      var at_b = b0 + lane;
      var at_c = columns.x / 4u;
      for (var pair = 0u; pair < params.pairs; pair++) {
        let a_pair = p[at_a];
        let b_pair = q[at_b];
        let c_pair = r[at_c];
        at_a += params.padded;
        at_b += params.padded;
        at_c += params.padded / 4u;
        // [products]
      }
      // [tile]
      b0 += LANES;
      if (b0 >= b_end) { break; }
    }
    // [done_a]
    a0 += LANES;
    if (a0 >= a_end) { break; }
  }
  // [done]
}
