// One subgroup makes ROWS rows of the product, of edges that follow each other, in 8 LANES columns:
// eight adjacent ones in each lane. A lane computes the Gaussians of four edges, and only those within reach of the tile.
// Lines at the marks are written by subgroup-source.ts, one for each row.
override LANES: u32 = 8u;
override ROWS: u32 = 32u;

@group(0) @binding(0) var<storage, read> distance: array<f32>; // [E]
@group(0) @binding(1) var<storage, read> packed: array<mat4x4f>; // [tiles of columns, K, LANES]
@group(0) @binding(2) var<storage, read_write> product: array<mat2x4f>; // [E, N]

// The bounds of the loop are the same in all lanes, which the compiler does not know of subgroupMin.
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
  let position0 = index / tiles * ROWS;
  if (position0 >= params.edges) { return; }

  let last = params.edges - 1u;
  let position = position0 + 4u * (lane % (ROWS / 4u));
  let spacings = params.per_angstrom * vec4f(
    distance[min(position, last)],
    distance[min(position + 1u, last)],
    distance[min(position + 2u, last)],
    distance[min(position + 3u, last)],
  );
  let least = min(min(spacings.x, spacings.y), min(spacings.z, spacings.w));
  let most = max(max(spacings.x, spacings.y), max(spacings.z, spacings.w));
  let band = band_of(subgroupMin(least), subgroupMax(most));

  // [accumulators]
  if (band.first < band.end) {
    var bin = band.first;
    var place = (tile * params.bins + u32(bin)) * LANES + lane;
    // Tested at the end: on lavapipe a loop that is tested at its start runs its body once more for no lane.
    loop {
      let weights = packed[place];
      let away = spacings - f32(bin);
      let next_away = away - 1.0;
      let rows = exp(-away * away);
      let next_rows = exp(-next_away * next_away);
      // [products]
      continuing {
        bin += 2;
        place += 2u * LANES;
        break if bin >= band.end;
      }
    }
  }

  let octet = tile * LANES + lane;
  let row_place = position0 * octets + octet;
  let held = select(0u, min(ROWS, params.edges - position0), octet < octets);
  // [stores]
}
