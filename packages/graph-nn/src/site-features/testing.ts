import type { Crystal } from '../graph';

/** The crystal turned about the axis 0 (x), 1 or 2; its fractional coordinates stay. */
export function rotated(crystal: Crystal, angle: number, axis: number): Crystal {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [p, q] = [(axis + 1) % 3, (axis + 2) % 3];
  const lattice = Float64Array.from(crystal.latticeAngstrom);
  for (let row = 0; row < 9; row += 3) {
    const [u, v] = [lattice[row + p]!, lattice[row + q]!];
    lattice[row + p] = c * u - s * v;
    lattice[row + q] = s * u + c * v;
  }
  return { ...crystal, latticeAngstrom: lattice };
}

/** A carbon atom with four hydrogen atoms 1 Å away, alone in a box of 10 Å; the hydrogen atoms are 1.41 Å apart or more. */
export function fourNeighbors(shape: 'square' | 'tetrahedron'): Crystal {
  const r = Math.sqrt(1 / 3);
  const arms = {
    square: [1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0],
    tetrahedron: [r, r, r, r, -r, -r, -r, r, -r, -r, -r, r],
  }[shape];
  return {
    latticeAngstrom: [10, 0, 0, 0, 10, 0, 0, 0, 10],
    fracCoords: [0, 0, 0, ...arms.map((x) => x / 10)],
    atomicNumbers: [6, 1, 1, 1, 1],
  };
}
