import type { Neighbour } from './neighbours';

/** Pieces of a crystal that bonds hold together, by how far they reach: 0 molecules, 1 chains, 2 layers, 3 frameworks. */
export type Reach = 0 | 1 | 2 | 3;

/**
 * The reach of every connected piece, each value once, falling.
 *
 * Walking along bonds from a site, an atom met again in another cell tells a translation under which the piece repeats; the rank of these
 * translations is the dimension (Larsen et al., Phys. Rev. Materials 3, 034003 (2019)).
 */
export function networkReach(bonds: readonly (readonly Neighbour[])[]): Reach[] {
  const cellOf = new Map<number, readonly [number, number, number]>();
  const found = new Set<Reach>();
  for (let start = 0; start < bonds.length; start++) {
    if (cellOf.has(start)) continue;
    cellOf.set(start, [0, 0, 0]);
    const stack = [start];
    const basis: (readonly [number, number, number])[] = [];
    for (let site = stack.pop(); site !== undefined; site = stack.pop()) {
      const here = cellOf.get(site)!;
      for (const { site: other, image } of bonds[site]!) {
        const there = [here[0] + image[0], here[1] + image[1], here[2] + image[2]] as const;
        const known = cellOf.get(other);
        if (known === undefined) {
          cellOf.set(other, there);
          stack.push(other);
        } else if (basis.length < 3) {
          const loop = [there[0] - known[0], there[1] - known[1], there[2] - known[2]] as const;
          if (isIndependent(loop, basis)) basis.push(loop);
        }
      }
    }
    found.add(basis.length as Reach);
  }
  return [...found].sort((p, q) => q - p);
}

function isIndependent(
  [x, y, z]: readonly [number, number, number],
  basis: readonly (readonly [number, number, number])[],
): boolean {
  const [p, q] = basis;
  if (p === undefined) return x !== 0 || y !== 0 || z !== 0;
  const cross = [p[1] * z - p[2] * y, p[2] * x - p[0] * z, p[0] * y - p[1] * x] as const;
  if (q === undefined) return cross.some((component) => component !== 0);
  return cross[0] * q[0] + cross[1] * q[1] + cross[2] * q[2] !== 0;
}
