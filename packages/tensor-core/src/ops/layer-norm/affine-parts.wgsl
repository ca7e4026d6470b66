// Sums the parts of affine-gradient.wgsl, in their order; one thread per column.
struct Params {
  width: u32,
  chunks: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> weight_parts: array<Element>;
@group(0) @binding(1) var<storage, read> bias_parts: array<Element>;
@group(0) @binding(2) var<storage, read_write> of_weight: array<Element>;
@group(0) @binding(3) var<storage, read_write> of_bias: array<Element>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let column = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (column >= params.width) {
    return;
  }
  var weight_sum = Element(0.0);
  var bias_sum = Element(0.0);
  for (var part = 0u; part < params.chunks; part++) {
    weight_sum += weight_parts[part * params.width + column];
    bias_sum += bias_parts[part * params.width + column];
  }
  of_weight[column] = weight_sum;
  of_bias[column] = bias_sum;
}
