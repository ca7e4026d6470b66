/** Two sites (and the lattice translation between them) that lie closer than allowed. */
export interface Overlap {
  readonly i: number;
  readonly j: number;
  readonly distanceAngstrom: number;
}

/**
 * The first pair of sites closer than `minDistanceAngstrom` over all periodic images, self-images included, or null.
 *
 * Sites are sorted along the axis with the widest planes, so the cost is n log n for ordinary crystals. A pair within
 * distance d has |Δ_k + m_k| ≤ d / h_k along every axis k (h_k plane spacing), which bounds the images to look at.
 *
 * @param latticeAngstrom [3, 3] rows
 * @param fracCoords [n, 3] in [0, 1)
 * @param spacings plane spacings h_k in Å
 */
export function findOverlap(
  latticeAngstrom: ArrayLike<number>,
  fracCoords: ArrayLike<number>,
  spacings: readonly [number, number, number],
  minDistanceAngstrom: number,
): Overlap | null {
  const n = fracCoords.length / 3;
  const reach = spacings.map((spacing) => minDistanceAngstrom / spacing) as [number, number, number];
  const axis = reach.indexOf(Math.min(...reach));
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => fracCoords[3 * i + axis]! - fracCoords[3 * j + axis]!,
  );
  const key = (rank: number): number => fracCoords[3 * order[rank % n]! + axis]! + Math.floor(rank / n);
  for (let rank = 0; rank < n; rank++) {
    const i = order[rank]!;
    for (let other = rank; other < rank + n && key(other) - key(rank) <= reach[axis]!; other++) {
      const j = order[other % n]!;
      const distance = closestImage(latticeAngstrom, fracCoords, i, j, reach);
      if (distance < minDistanceAngstrom)
        return { i: Math.min(i, j), j: Math.max(i, j), distanceAngstrom: distance };
    }
  }
  return null;
}

function closestImage(
  lattice: ArrayLike<number>,
  frac: ArrayLike<number>,
  i: number,
  j: number,
  reach: readonly [number, number, number],
): number {
  const range = (k: 0 | 1 | 2): number[] => {
    const delta = frac[3 * j + k]! - frac[3 * i + k]!;
    const shifts: number[] = [];
    for (let m = Math.ceil(-reach[k] - delta); m <= reach[k] - delta; m++) shifts.push(delta + m);
    return shifts;
  };
  const [us, vs, ws] = [range(0), range(1), range(2)];
  let closest = Number.POSITIVE_INFINITY;
  for (const u of us) {
    for (const v of vs) {
      for (const w of ws) {
        if (i === j && u === 0 && v === 0 && w === 0) continue;
        const x = u * lattice[0]! + v * lattice[3]! + w * lattice[6]!;
        const y = u * lattice[1]! + v * lattice[4]! + w * lattice[7]!;
        const z = u * lattice[2]! + v * lattice[5]! + w * lattice[8]!;
        closest = Math.min(closest, Math.hypot(x, y, z));
      }
    }
  }
  return closest;
}
