// log(1 + e) for e in [0, 1] as 2 atanh(s) with s = e / (2 + e); minimax, relative error 5e-9.
fn log_one_plus(e: vec4f) -> vec4f {
  let s = e / (2.0 + e);
  let q = s * s;
  let p = 0.33333206 + q * (0.2001085 + q * (0.1399957 + q * 0.14012232));
  return 2.0 * s * (1.0 + q * p);
}
