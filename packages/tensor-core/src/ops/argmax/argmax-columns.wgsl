// out[o, c] = first position of the largest (SMALLEST: smallest) value of x[o, :, c]; NaN counts as both.
// One thread per result.
override SMALLEST: bool;

struct Params {
  threads: u32,
  length: u32,
  inner: u32,
}
var<immediate> params: Params;

override WORKGROUP: u32 = 64;

@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<i32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.threads) {
    return;
  }
  let first = thread / params.inner * params.inner * params.length + thread % params.inner;
  var best = 0u;
  var place = 0u;
  for (var at = 0u; at < params.length; at++) {
    let key = preference(x[first + at * params.inner]);
    if (key > best) {
      best = key;
      place = at;
    }
  }
  out[thread] = i32(place);
}

fn preference(v: f32) -> u32 {
  let key = ordered(vec4f(v)).x;
  return select(key, ~key, SMALLEST && key != 0xffffffffu);
}
