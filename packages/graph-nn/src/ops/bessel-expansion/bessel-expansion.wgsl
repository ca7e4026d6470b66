// e_n(d) = sqrt(2 / c) u(d / c) sin(n pi d / c) / d for K distances and n = 1 to N; one number a thread.
struct Params {
  distances: u32,
  functions: u32,
  transposed: u32, // 0 writes rows [K, N], 1 columns [N, K]
  exponent: u32,
  inverse_cutoff: f32,
  norm: f32, // sqrt(2 / c)
}
var<immediate> params: Params;

const WORKGROUP = 64u;

@group(0) @binding(0) var<storage, read> distance: array<f32>; // [K]
@group(0) @binding(1) var<storage, read_write> expansion: array<f32>;

// u_p(x) = (1 - x)^3 sum_{k < p} (k + 1) (k + 2) / 2 x^k, and 0 from x = 1 on: DimeNet's polynomial without its differences of
// large terms.
fn envelope(x: f32) -> f32 {
  if (!(x < 1.0)) { return 0.0; }
  var sum = 0.0;
  for (var k = params.exponent; k > 0u; k--) {
    sum = sum * x + 0.5 * f32(k) * f32(k + 1u);
  }
  let rest = 1.0 - x;
  return rest * rest * rest * sum;
}

// sin(pi r) / r for |r| <= 1/2, to 6e-8. WGSL lets a sine of its own be wrong by 2^-11.
fn sine_ratio(r: f32) -> f32 {
  let s = r * r;
  return 3.14159265 + s * (-5.16771278 + s * (2.55016404 + s * (-0.599264529 + s * (0.0821458866 - s * 0.00737043095))));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let thread = (group.x + group.y * groups.x) * WORKGROUP + local;
  if (thread >= params.distances * params.functions) { return; }
  let across = select(params.functions, params.distances, params.transposed == 1u);
  let row = thread / across;
  let column = thread - row * across;
  let d = distance[select(row, column, params.transposed == 1u)];
  let n = f32(select(column, row, params.transposed == 1u) + 1u);
  let x = d * params.inverse_cutoff;
  // n x = whole + r, so that sin(pi n x) = (-1)^whole sin(pi r); while whole = 0 the quotient by d is finite at d = 0 too.
  let turns = n * x;
  let whole = round(turns);
  let r = turns - whole;
  let sign = 1.0 - 2.0 * (whole - 2.0 * floor(0.5 * whole));
  let quotient = select(sign * r / d, n * params.inverse_cutoff, whole == 0.0);
  expansion[thread] = select(0.0, params.norm * envelope(x) * sine_ratio(r) * quotient, x < 1.0);
}
