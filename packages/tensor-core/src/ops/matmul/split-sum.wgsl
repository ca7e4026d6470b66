// total[i] = activation(bias[column of i] + sum over splits of parts[split][i]), four elements per thread, splits in order.
struct Params {
  quads: u32,
  rows: u32,
  columns: u32,
  splits: u32,
  // Strides of the parts, in elements.
  split_stride: u32,
  batch_stride: u32,
  row_stride: u32,
  column_stride: u32,
  // Activation number, plus BIASED where the bias is to be added.
  epilogue: u32,
}
var<immediate> params: Params;

const BIASED = 16u;

@group(0) @binding(1) var<storage, read> bias: array<f32>;
@group(0) @binding(2) var<storage, read_write> total: array<vec4f>;

// Batch, row and column of an element. Divisions are slow: they are made once per thread, its other elements follow.
fn position_of(element: u32) -> vec3u {
  let row = element / params.columns;
  let batch = row / params.rows;
  return vec3u(batch, row - batch * params.rows, element - row * params.columns);
}

fn next_position(p: vec3u) -> vec3u {
  if (p.z + 1u < params.columns) { return vec3u(p.x, p.y, p.z + 1u); }
  if (p.y + 1u < params.rows) { return vec3u(p.x, p.y + 1u, 0u); }
  return vec3u(p.x + 1u, 0u, 0u);
}

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let quad = (group.x + group.y * groups.x) * 64u + thread;
  if (quad >= params.quads) { return; }
  let first = position_of(4u * quad);
  let second = next_position(first);
  let third = next_position(second);
  let fourth = next_position(third);
  let place = place_part(quad, array<vec3u, 4>(first, second, third, fourth));
  var sum = vec4f(0.0);
  if ((params.epilogue & BIASED) != 0u) {
    sum = vec4f(bias[first.z], bias[second.z], bias[third.z], bias[fourth.z]);
  }
  // Eight loads are under way at a time; they are added in order all the same.
  var split = 0u;
  for (; split + 8u <= params.splits; split += 8u) {
    let part0 = load_part(place, split);
    let part1 = load_part(place, split + 1u);
    let part2 = load_part(place, split + 2u);
    let part3 = load_part(place, split + 3u);
    let part4 = load_part(place, split + 4u);
    let part5 = load_part(place, split + 5u);
    let part6 = load_part(place, split + 6u);
    let part7 = load_part(place, split + 7u);
    sum = sum + part0 + part1 + part2 + part3 + part4 + part5 + part6 + part7;
  }
  for (; split < params.splits; split++) {
    sum += load_part(place, split);
  }
  total[quad] = activate(params.epilogue & ~BIASED, sum);
}
