// The weight as the product reads it: [tiles of columns, K, LANES], eight columns of Gaussian k, then those of k + 1.
// Columns and Gaussians past the end are zeros.
override LANES: u32 = 8u;

struct Params {
  bins: u32,
  columns: u32,
  // Elements of the result.
  quads: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> weight: array<f32>; // [N, K]
@group(0) @binding(1) var<storage, read_write> packed: array<vec4f>;

fn weight_at(column: u32, bin: u32) -> f32 {
  if (column >= params.columns || bin >= params.bins) { return 0.0; }
  return weight[column * params.bins + bin];
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let quad = (group.x + group.y * groups.x) * 64u + local;
  if (quad >= params.quads) { return; }
  let place = quad / 4u;
  let lane = place % LANES;
  let bin = place / LANES % params.bins + quad % 4u / 2u;
  let tile = place / LANES / params.bins;
  let column = 8u * (tile * LANES + lane) + 4u * (quad % 2u);
  packed[quad] = vec4f(
    weight_at(column, bin),
    weight_at(column + 1u, bin),
    weight_at(column + 2u, bin),
    weight_at(column + 3u, bin),
  );
}
