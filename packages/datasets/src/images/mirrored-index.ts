/** Index in 0 … size − 1 of a line that goes on beyond its ends as in a mirror, the outermost pixel seen twice: … 1 0 | 0 1 2 | 2 1 … */
export function mirroredIndex(index: number, size: number): number {
  const around = ((index % (2 * size)) + 2 * size) % (2 * size);
  return around < size ? around : 2 * size - 1 - around;
}
