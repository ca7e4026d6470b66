/** Three coordinates. */
export type Triple = [number, number, number];

/** Row of [n, 3]. */
export function triple(values: ArrayLike<number>, row: number): Triple {
  return [values[3 * row]!, values[3 * row + 1]!, values[3 * row + 2]!];
}

/** v · M. */
export function timesMatrix([x, y, z]: Triple, m: ArrayLike<number>): Triple {
  return [
    x * m[0]! + y * m[3]! + z * m[6]!,
    x * m[1]! + y * m[4]! + z * m[7]!,
    x * m[2]! + y * m[5]! + z * m[8]!,
  ];
}

/** a · b. */
export function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** a × b. */
export function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** L · M⁻¹: fractional coordinates in the rows L become f · (L · M⁻¹) in the rows M. */
export function latticeChange(from: ArrayLike<number>, to: ArrayLike<number>): number[] {
  const [a, b, c] = [triple(to, 0), triple(to, 1), triple(to, 2)];
  const columns = [cross(b, c), cross(c, a), cross(a, b)];
  const determinant = dot(a, columns[0]!);
  return Array.from(
    { length: 9 },
    (_, k) => dot(triple(from, Math.floor(k / 3)), columns[k % 3]!) / determinant,
  );
}
