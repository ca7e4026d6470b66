// loss = 1/N sum over i of [(A_i + B_i + C_i)/3 - T_iii], with the logarithm A_i of the sum over slice i of the first axis, and so on,
// merged from parts in their order; and the same of each axis alone, 1/N sum over i of [A_i - T_iii]. One workgroup; thread t takes the
// indices t, t + 64, ...
struct Params {
  extent: u32,
  padded: u32,
  // Parts of each axis.
  a_parts: u32,
  b_parts: u32,
  c_parts: u32,
  // From one axis' term to the next.
  term_stride: u32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read> parts: array<vec2f>;
@group(0) @binding(1) var<storage, read> positives: array<f32>;
@group(0) @binding(2) var<storage, read_write> log_sums: array<f32>; // [3, padded]
@group(0) @binding(3) var<storage, read_write> loss: array<f32>;     // [1]
@group(0) @binding(4) var<storage, read_write> terms: array<f32>;    // [3, term_stride], each at the start of its row

// Of the loss, then of each axis.
var<workgroup> shares: array<vec4f, 64>;

fn log_sum(first: u32, count: u32, index: u32) -> f32 {
  var total = vec2f(LEAST, 0.0);
  for (var part = first; part < first + count; part++) {
    let next = parts[part * params.padded + index];
    total = merged(total, next.x, next.y);
  }
  return total.x + log(total.y);
}

@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) thread: u32) {
  var share = vec4f(0.0);
  for (var i = thread; i < params.extent; i += 64u) {
    let a = log_sum(0u, params.a_parts, i);
    let b = log_sum(params.a_parts, params.b_parts, i);
    let c = log_sum(params.a_parts + params.b_parts, params.c_parts, i);
    log_sums[i] = a;
    log_sums[params.padded + i] = b;
    log_sums[2u * params.padded + i] = c;
    let positive = positives[i];
    let axes = vec3f(a - positive, b - positive, c - positive);
    share += vec4f((axes.x + axes.y + axes.z) / 3.0, axes);
  }
  shares[thread] = share;
  workgroupBarrier();
  if (thread > 0u) { return; }
  var total = vec4f(0.0);
  for (var i = 0u; i < min(64u, params.extent); i++) { total += shares[i]; }
  total /= f32(params.extent);
  loss[0] = total.x;
  terms[0] = total.y;
  terms[params.term_stride] = total.z;
  terms[2u * params.term_stride] = total.w;
}
