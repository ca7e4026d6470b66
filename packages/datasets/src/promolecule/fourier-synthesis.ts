/**
 * ρ(x) = Σ_h F_h exp(−2πi h·x) on the n³ points x = (i, j, k) / n, one axis after the other.
 *
 * @param size n
 * @param real [n³] and
 * @param imaginary [n³] F_h at index ((h mod n) n + k mod n) n + l mod n; F_−h is the conjugate of F_h
 * @returns [n³] real part, the last index fastest
 */
export function synthesise(size: number, real: Float64Array, imaginary: Float64Array): Float64Array {
  const { cos, sin } = turnsOf(size);
  let source = { real, imaginary };
  for (const stride of [1, size, size * size]) {
    const target = { real: new Float64Array(size ** 3), imaginary: new Float64Array(size ** 3) };
    for (let start = 0; start < size ** 3; start++) {
      if (Math.floor(start / stride) % size !== 0) continue;
      for (let x = 0; x < size; x++) {
        let [re, im] = [0, 0];
        for (let h = 0; h < size; h++) {
          const turn = (h * x) % size;
          const [a, b] = [source.real[start + h * stride]!, source.imaginary[start + h * stride]!];
          re += a * cos[turn]! + b * sin[turn]!;
          im += b * cos[turn]! - a * sin[turn]!;
        }
        target.real[start + x * stride] = re;
        target.imaginary[start + x * stride] = im;
      }
    }
    source = target;
  }
  return source.real;
}

/** cos and sin of 2π t / size. */
function turnsOf(size: number): { cos: Float64Array; sin: Float64Array } {
  const angle = (_: unknown, t: number): number => (2 * Math.PI * t) / size;
  return {
    cos: Float64Array.from({ length: size }, (_, t) => Math.cos(angle(_, t))),
    sin: Float64Array.from({ length: size }, (_, t) => Math.sin(angle(_, t))),
  };
}
