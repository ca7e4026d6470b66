// dL/dw_nk = sum over e of dL/dz_en u_ek, over one chunk of the edges: one subgroup makes it for
// WINDOW Gaussians at a time, eight adjacent columns in each lane. Where they ascend in distance they share their Gaussians, so
// one window nearly always holds all within reach. A lane computes the Gaussians of one edge; they reach all lanes edge by edge.
// Lines at the marks are written by subgroup-source.ts.
override LANES: u32 = 8u;

@group(0) @binding(0) var<storage, read> distance: array<f32>; // [E]
@group(0) @binding(1) var<storage, read> product_grad: array<mat2x4f>; // [E, N]
@group(0) @binding(2) var<storage, read_write> parts: array<mat2x4f>; // [chunks, K, N], where a band reaches
@group(0) @binding(3) var<storage, read_write> bands: array<Band>; // [chunks]

// The bounds of the loops are the same in all lanes, which the compiler does not know of subgroupMin.
@diagnostic(off, subgroup_uniformity)
@compute @workgroup_size(LANES)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let octets = params.columns / 8u;
  let tiles = (octets + LANES - 1u) / LANES;
  let index = group.x + group.y * groups.x;
  let tile = index % tiles;
  let chunk = index / tiles;
  let start = chunk * params.chunk;
  if (start >= params.edges) { return; }
  let end = min(start + params.chunk, params.edges);

  var least = distance[start];
  var most = least;
  for (var position = start + lane; position < end; position += LANES) {
    let angstrom = distance[position];
    least = min(least, angstrom);
    most = max(most, angstrom);
  }
  let band = band_of(params.per_angstrom * subgroupMin(least), params.per_angstrom * subgroupMax(most));
  if (tile == 0u && lane == 0u) { bands[chunk] = band; }

  let octet = tile * LANES + lane;
  let column = min(octet, octets - 1u);
  for (var bin = band.first; bin < band.end; bin += WINDOW) {
    // [accumulators]
    var position = start;
    loop {
      let held = position + lane < end;
      let away = params.per_angstrom * distance[min(position + lane, end - 1u)] - f32(bin);
      // [gaussians]
      // [products]
      continuing {
        position += LANES;
        break if position >= end;
      }
    }
    let place = (chunk * params.bins + u32(bin)) * octets + octet;
    let made = select(0, band.end - bin, octet < octets);
    // [stores]
  }
}
