// Eight independent chains of x = x * scale + shift in each lane, four numbers wide: 64 operations a turn.
// The sum is written so that no chain is dead.

struct Params {
  turns: u32,
  scale: f32, // below 1, so that the chains stay finite
  shift: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = (group.x + group.y * groups.x) * 64u + lane;
  let scale = vec4f(params.scale);
  let shift = vec4f(params.shift);
  var a = vec4f(f32(lane));
  var b = a + 1.0;
  var c = a + 2.0;
  var d = a + 3.0;
  var e = a + 4.0;
  var f = a + 5.0;
  var g = a + 6.0;
  var h = a + 7.0;
  for (var turn = 0u; turn < params.turns; turn++) {
    a = fma(a, scale, shift);
    b = fma(b, scale, shift);
    c = fma(c, scale, shift);
    d = fma(d, scale, shift);
    e = fma(e, scale, shift);
    f = fma(f, scale, shift);
    g = fma(g, scale, shift);
    h = fma(h, scale, shift);
  }
  sums[i] = dot(a + b + c + d + e + f + g + h, vec4f(1.0));
}
