/** Buckets that the range of distances is cut into. */
const BUCKETS = 1024;

/**
 * Edge numbers in ascending order of distance, to a thousandth of the range of distances; edges of one bucket keep their
 * order. A stable counting sort: its time is proportional to E.
 */
export function distanceOrder(edgeDistance: Float32Array): Int32Array {
  let [least, most] = [Infinity, -Infinity];
  for (const distance of edgeDistance) {
    if (distance < least) least = distance;
    if (distance > most) most = distance;
  }
  const perAngstrom = most > least ? (BUCKETS - 1) / (most - least) : 0;
  const buckets = new Uint16Array(edgeDistance.length);
  const starts = new Int32Array(BUCKETS + 1);
  for (let e = 0; e < edgeDistance.length; e++) {
    const bucket = (edgeDistance[e]! - least) * perAngstrom;
    buckets[e] = bucket;
    starts[buckets[e]! + 1]!++;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const order = new Int32Array(edgeDistance.length);
  for (let e = 0; e < edgeDistance.length; e++) order[starts[buckets[e]!]!++] = e;
  return order;
}
