import fc from 'fast-check';
import { createStructure } from '../../structure/create-structure';
import { latticeFromParameters } from '../../structure/lattice';
import type { Structure } from '../../structure/structure';

const length = fc.double({ min: 3, max: 12, noNaN: true });
const angle = fc.double({ min: 60, max: 110, noNaN: true });
const z = fc.integer({ min: 1, max: 103 });

/** Places 0.75 Å apart or more in the smallest cell: corners of a 4 × 4 × 4 grid, moved by less than a tenth of its step. */
const places = fc.uniqueArray(fc.nat(63), { minLength: 1, maxLength: 12 }).chain((corners) =>
  fc
    .array(fc.double({ min: 0, max: 0.02, noNaN: true }), {
      minLength: 3 * corners.length,
      maxLength: 3 * corners.length,
    })
    .map((moves) => moves.map((move, k) => gridCoordinate(corners[Math.floor(k / 3)]!, k % 3) + move)),
);

function gridCoordinate(corner: number, axis: number): number {
  return (Math.floor(corner / 4 ** axis) % 4) / 4;
}

const lattice = fc
  .tuple(length, length, length, angle, angle, angle)
  .map((cell) => latticeFromParameters(...cell));

/** Ordered crystals of 1 to 12 sites. */
export const orderedStructure: fc.Arbitrary<Structure> = fc
  .tuple(lattice, places)
  .chain(([latticeAngstrom, fracCoords]) =>
    fc
      .array(z, { minLength: fracCoords.length / 3, maxLength: fracCoords.length / 3 })
      .map((atomicNumbers) => createStructure({ latticeAngstrom, fracCoords, atomicNumbers })),
  );

const species = fc.uniqueArray(z, { minLength: 1, maxLength: 3 }).map((elements) =>
  elements.map((element, k) => ({
    element,
    occupancy: (k + 1) / (elements.length * (elements.length + 1)),
  })),
);

/** Crystals whose sites are shared and partly vacant. */
export const disorderedStructure: fc.Arbitrary<Structure> = fc
  .tuple(lattice, places)
  .chain(([latticeAngstrom, fracCoords]) =>
    fc
      .array(species, { minLength: fracCoords.length / 3, maxLength: fracCoords.length / 3 })
      .map((sites) => createStructure({ latticeAngstrom, fracCoords, species: sites })),
  );
