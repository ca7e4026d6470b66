/** [6] a·a, b·b, c·c, b·c, a·c, a·b in Å² of a cell whose rows are a, b, c in Å. */
export function latticeMetric(latticeAngstrom: ArrayLike<number>): Float32Array {
  const dot = (x: number, y: number): number =>
    [0, 1, 2].reduce((sum, axis) => sum + latticeAngstrom[3 * x + axis]! * latticeAngstrom[3 * y + axis]!, 0);
  return Float32Array.of(dot(0, 0), dot(1, 1), dot(2, 2), dot(1, 2), dot(0, 2), dot(0, 1));
}
