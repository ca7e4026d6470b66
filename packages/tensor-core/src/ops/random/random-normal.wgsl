// out[2i], out[2i + 1] = offset + scale * r (cos a, sin a), r = sqrt(-2 ln(1 - u)), a = 2 pi v with u and v from words
// 2i and 2i + 1 (Box and Muller); one block of four words per thread.
// Logarithm, sine and cosine are series of our own, because drivers may be off by 2^-11 in theirs.
struct Params {
  blocks: u32,
  key0: u32,
  key1: u32,
  offset: f32,
  scale: f32,
}
var<immediate> params: Params;

@group(0) @binding(0) var<storage, read_write> out: array<vec4f>;

// -ln(n / 2^24) for integers 1 <= n <= 2^24: n = 2^e m, m in [sqrt(1/2), sqrt(2)), ln m = 2 artanh((m - 1) / (m + 1)).
fn minus_log_fraction(n: vec2u) -> vec2f {
  let pattern = bitcast<vec2u>(vec2f(n));
  // 0x3f3504f3 is sqrt(1/2): the exponent counts from there.
  let shifted = bitcast<vec2i>(pattern - 0x3f3504f3u) >> vec2u(23u);
  let m = bitcast<vec2f>(pattern - (bitcast<vec2u>(shifted) << vec2u(23u)));
  let s = (m - 1.0) / (m + 1.0);
  let s2 = s * s;
  let series = 2.0 * s * (1.0 + s2 * (1.0 / 3.0 + s2 * (1.0 / 5.0 + s2 * (1.0 / 7.0 + s2 / 9.0))));
  return vec2f(24 - shifted) * 0.69314718 - series;
}

// cos and sin of 2 pi w / 2^24: the nearest quarter turn exactly, the rest within pi / 4 by Taylor's series.
fn cosine_sine(w: u32) -> vec2f {
  let quarter = ((w + 0x200000u) >> 22u) & 3u;
  let rest = bitcast<i32>((w + 0x200000u) & 0x3fffffu) - 0x200000;
  let x = f32(rest) * 3.7450703e-7; // 2 pi / 2^24
  let x2 = x * x;
  let cosine = 1.0 + x2 * (-0.5 + x2 * (1.0 / 24.0 + x2 * (-1.0 / 720.0 + x2 / 40320.0)));
  let sine = x * (1.0 + x2 * (-1.0 / 6.0 + x2 * (1.0 / 120.0 + x2 * (-1.0 / 5040.0 + x2 / 362880.0))));
  let turned = select(vec2f(cosine, sine), vec2f(-sine, cosine), (quarter & 1u) == 1u);
  return select(turned, -turned, quarter >= 2u);
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) wid: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) thread: u32) {
  let block = (wid.x + wid.y * groups.x) * 64u + thread;
  if (block >= params.blocks) { return; }
  let words = random_words(block, stream_key()) >> vec4u(8u);
  let radius = sqrt(2.0 * minus_log_fraction(0x1000000u - words.xz));
  let z = vec4f(radius.x * cosine_sine(words.y), radius.y * cosine_sine(words.w));
  out[block] = params.offset + params.scale * z;
}
