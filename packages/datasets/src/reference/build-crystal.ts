import { createStructure } from '../structure/create-structure';
import { latticeFromParameters } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import { evaluateOrbit } from './orbit';
import type { BravaisLattice, Prototype } from './prototype';

/** One row of a prototype's table, read. */
export interface Crystal {
  readonly structure: Structure;
  /** Occupied positions and parameters, `Na 4a, Cl 4b` or `Ti 2a, O 4f; x = 0.3048`. */
  readonly wyckoff: string;
}

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** Rows: primitive vectors in units of the conventional ones (obverse setting for R). */
const PRIMITIVE: Readonly<Record<string, Matrix>> = {
  P: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  I: [-0.5, 0.5, 0.5, 0.5, -0.5, 0.5, 0.5, 0.5, -0.5],
  F: [0, 0.5, 0.5, 0.5, 0, 0.5, 0.5, 0.5, 0],
  C: [0.5, 0.5, 0, -0.5, 0.5, 0, 0, 0, 1],
  R: [2 / 3, 1 / 3, 1 / 3, -1 / 3, 1 / 3, 1 / 3, -1 / 3, -2 / 3, 1 / 3],
};
/** Inverses of the above: fractional coordinates transform as f' = f · inverse. */
const PRIMITIVE_INVERSE: Readonly<Record<string, Matrix>> = {
  P: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  I: [0, 1, 1, 1, 0, 1, 1, 1, 0],
  F: [-1, 1, 1, 1, -1, 1, 1, 1, -1],
  C: [1, -1, 0, 1, 1, 0, 0, 0, 1],
  R: [1, -1, 0, 0, 1, -1, 1, 1, 1],
};
const CELL_CONSTANTS: Readonly<Record<string, number>> = { c: 1, t: 2, h: 2, o: 3 };

/** Rows of a table as fields; empty lines separate blocks only for the eye. */
export function tableRows(prototype: Prototype): string[][] {
  return prototype.table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/));
}

/**
 * The primitive cell of one row of a prototype's table.
 *
 * @throws RangeError where the row has not as many fields as the prototype asks for
 * @throws StructureError where the crystal is impossible
 */
export function buildCrystal(prototype: Prototype, row: readonly string[]): Crystal {
  const { lattice, sites, free } = prototype;
  const speciesCount = 1 + Math.max(...sites.map((site) => site.species));
  const cellCount = CELL_CONSTANTS[lattice[0]!]!;
  const numbers = row.slice(speciesCount).map(Number);
  if (numbers.length !== cellCount + free.length || !numbers.every(Number.isFinite)) {
    throw new RangeError(
      `${prototype.name}: ${speciesCount} symbols, ${cellCount} cell constants and ${free.length} parameters expected, got "${row.join(' ')}".`,
    );
  }
  const parameters = new Map(free.map((name, index) => [name, numbers[cellCount + index]!]));
  const symbols: string[] = [];
  const conventional: number[] = [];
  for (const { species, orbit } of sites) {
    conventional.push(...evaluateOrbit(orbit, parameters));
    for (let i = 0; i < orbit.length; i++) symbols.push(row[species]!);
  }
  const centring = lattice[1]!;
  const structure = createStructure(
    {
      latticeAngstrom: multiplyRows(PRIMITIVE[centring]!, conventionalLattice(lattice, numbers)),
      fracCoords: multiplyRows(conventional, PRIMITIVE_INVERSE[centring]!),
      atomicNumbers: symbols,
    },
    `${prototype.name} ${row.join(' ')}`,
  );
  const positions = sites.map((site) => `${row[site.species]} ${site.wyckoff}`).join(', ');
  const values = [...parameters].map(([name, value]) => `${name} = ${value}`).join(', ');
  return { structure, wyckoff: values === '' ? positions : `${positions}; ${values}` };
}

function conventionalLattice(lattice: BravaisLattice, [a, second, third]: readonly number[]): Float64Array {
  switch (lattice[0]) {
    case 'c':
      return latticeFromParameters(a!, a!, a!, 90, 90, 90);
    case 't':
      return latticeFromParameters(a!, a!, second!, 90, 90, 90);
    case 'h':
      return latticeFromParameters(a!, a!, second!, 90, 90, 120);
    default:
      return latticeFromParameters(a!, second!, third!, 90, 90, 90);
  }
}

/** [m, 3] · [3, 3]. */
function multiplyRows(rows: ArrayLike<number>, matrix: ArrayLike<number>): number[] {
  return Array.from({ length: rows.length }, (_, k) => {
    const [i, j] = [3 * Math.floor(k / 3), k % 3];
    return rows[i]! * matrix[j]! + rows[i + 1]! * matrix[3 + j]! + rows[i + 2]! * matrix[6 + j]!;
  });
}
