// Partial sums of exponentials, (top, sum) standing for sum * exp(top); (LEAST, 0) is the empty sum.
const LEAST = -3.0e38;

// Adds `sum` * exp(`top`) to a partial sum. A sum of 0 leaves it as it is.
fn merged(part: vec2f, top: f32, sum: f32) -> vec2f {
  let step = top - part.x;
  let decay = exp(-abs(step));
  let total = select(fma(sum, decay, part.y), fma(part.y, decay, sum), step > 0.0);
  return select(part, vec2f(max(top, part.x), total), sum != 0.0);
}
