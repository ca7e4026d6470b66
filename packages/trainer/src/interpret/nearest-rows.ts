import { squaredDistance } from './embedding-rows';

/** For each row the other rows from near to far; equal distances in the order of the rows. */
export function neighborOrder(rows: readonly Float64Array[]): Uint32Array[] {
  return rows.map((row, i) => {
    const distances = Float64Array.from(rows, (other) => squaredDistance(row, other));
    const others = Uint32Array.from(rows.keys()).filter((j) => j !== i);
    return others.sort((a, b) => distances[a]! - distances[b]! || a - b);
  });
}
