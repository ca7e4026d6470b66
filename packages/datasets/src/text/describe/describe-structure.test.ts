import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disorderedStructure, orderedStructure } from '../../formats/testing/arbitrary-structure';
import { referenceSet } from '../../reference/index';
import { createStructure } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import { supercell } from '../../structure/supercell';
import { findSymmetry } from '../../symmetry/find-symmetry';
import { coordinationShape } from './coordination-shape';
import { describeStructure } from './describe-structure';
import { bondedNeighbours } from './neighbours';

const rutile = createStructure({
  latticeAngstrom: [4.594, 0, 0, 0, 4.594, 0, 0, 0, 2.959],
  fracCoords: [
    0, 0, 0, 0.5, 0.5, 0.5, 0.305, 0.305, 0, 0.695, 0.695, 0, 0.195, 0.805, 0.5, 0.805, 0.195, 0.5,
  ],
  atomicNumbers: ['Ti', 'Ti', 'O', 'O', 'O', 'O'],
});
const matrices = fc.constantFrom(
  [1, 1, 2],
  [2, 1, 1, 0, 1, 0, 0, 0, 1],
  [1, 1, 0, 0, 1, 1, 1, 0, 1],
  [0, 1, 0, 0, 0, 1, 1, 0, 0],
);

/** The same crystal with another origin and, by a supercell matrix, other axes. */
function moved(structure: Structure, shift: readonly number[], matrix: readonly number[]): Structure {
  const shifted = {
    ...structure,
    fracCoords: structure.fracCoords.map((x, k) => (x + shift[k % 3]! + 1) % 1),
  };
  return supercell(shifted, matrix);
}

const references = referenceSet();

/** The first of a structure type in the reference set. */
function crystal(type: string): Structure {
  return references.find(({ prototype }) => prototype === type)!.structure;
}

/** Numbers of neighbours of every site. */
function coordinations(structure: Structure): number[] {
  return bondedNeighbours(structure).map(({ length }) => length);
}

describe('bondedNeighbours', () => {
  it.each([
    ['rock-salt', 6, 6],
    ['cesium-chloride', 8, 8],
    ['fluorite', 4, 8],
    ['zincblende', 4, 4],
    ['diamond', 4, 4],
    ['fcc', 12, 12],
    ['bcc', 8, 8],
    ['hcp', 12, 12],
    ['perovskite', 6, 12],
  ])('counts textbook coordination in %s', (prototype, least, most) => {
    const found = coordinations(crystal(prototype));
    expect([Math.min(...found), Math.max(...found)]).toEqual([least, most]);
  });

  it('sees every bond from both ends', () => {
    fc.assert(
      fc.property(fc.oneof(orderedStructure, disorderedStructure), (structure) => {
        const bonds = bondedNeighbours(structure);
        for (const [site, of] of bonds.entries()) {
          for (const { site: other, image, distanceAngstrom } of of) {
            const back = bonds[other]!.find(
              (bond) => bond.site === site && bond.image.every((step, k) => step + image[k]! === 0),
            );
            expect(back?.distanceAngstrom).toBeCloseTo(distanceAngstrom, 9);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('coordinationShape', () => {
  const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
  const octahedron = [
    [2, 0, 0],
    [-2.1, 0, 0],
    [0, 1.9, 0],
    [0, -2, 0],
    [0, 0, 2],
    [0, 0, -2],
  ] as const;

  it('does not depend on how the neighbours are turned or far', () => {
    fc.assert(
      fc.property(angle, angle, (p, q) => {
        const turned = octahedron.map(([x, y, z]) => {
          const [u, v] = [x * Math.cos(p) - y * Math.sin(p), x * Math.sin(p) + y * Math.cos(p)];
          return [u, v * Math.cos(q) - z * Math.sin(q), v * Math.sin(q) + z * Math.cos(q)] as const;
        });
        expect(coordinationShape(turned)).toMatchObject({ shape: { name: 'octahedron' }, distorted: false });
      }),
    );
  });

  it('tells a bent line, a distorted octahedron and no shape apart', () => {
    expect(
      coordinationShape([
        [1, 0, 0],
        [0, 1, 0],
      ]),
    ).toBeNull();
    expect(coordinationShape([...octahedron.slice(0, 5), [0.5, 0.4, -2]])).toMatchObject({ distorted: true });
    expect(coordinationShape([[1, 0, 0]])).toBeNull();
  });
});

describe('describeStructure', () => {
  it('tells rutile', async () => {
    expect(describeStructure(rutile, { symmetry: await findSymmetry(rutile) })).toBe(
      'TiO2 consists of titanium and oxygen in the ratio 1:2. It is tetragonal, space group P4_2/mnm (no. 136). Its density is 4.25 g/cm³. Each oxygen atom has three titanium neighbours in a distorted triangle, at 1.95 to 1.98 Å. Each titanium atom has six oxygen neighbours in an octahedron, at 1.95 to 1.98 Å. The TiO6 octahedra share corners and edges with each other. The bonds form a framework in three dimensions.',
    );
  });

  it.each([
    ['molybdenite', 'The bonds form layers.'],
    ['graphite', 'The bonds form layers.'],
    ['rock-salt', 'The bonds form a framework in three dimensions.'],
  ])('tells how far bonds reach in %s', (prototype, sentence) => {
    expect(describeStructure(crystal(prototype))).toContain(sentence);
  });

  it('tells chains and molecules', () => {
    const far = (fracCoords: number[], atomicNumbers: string[], c: number) =>
      describeStructure(
        createStructure({ latticeAngstrom: [9, 0, 0, 0, 9, 0, 0, 0, c], fracCoords, atomicNumbers }),
      );
    expect(far([0, 0, 0, 0, 0, 0.5], ['C', 'C'], 2.6)).toContain('The bonds form chains.');
    expect(far([0, 0, 0, 0, 0, 0.122], ['N', 'N'], 9)).toContain('The bonds form separate molecules');
  });

  it('does not depend on cell, origin or repetition', async () => {
    const crystals = [
      rutile,
      crystal('perovskite'),
      crystal('molybdenite'),
      crystal('corundum'),
      crystal('zincblende'),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...crystals),
        fc.array(fc.double({ min: 0, max: 0.99, noNaN: true }), { minLength: 3, maxLength: 3 }),
        matrices,
        async (structure, shift, matrix) => {
          const other = moved(structure, shift, matrix);
          expect(describeStructure(other)).toBe(describeStructure(structure));
          const [symmetry, symmetryOfOther] = [await findSymmetry(structure), await findSymmetry(other)];
          expect(describeStructure(other, { symmetry: symmetryOfOther })).toBe(
            describeStructure(structure, { symmetry }),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('tells shared and partly vacant sites, whatever the cell', () => {
    const alloy = createStructure({
      latticeAngstrom: [2.9, 0, 0, 0, 2.9, 0, 0, 0, 2.9],
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      species: [
        [
          { element: 'Fe', occupancy: 0.75 },
          { element: 'Ni', occupancy: 0.25 },
        ],
        [{ element: 'Al', occupancy: 0.5 }],
      ],
    });
    const text = describeStructure(alloy);
    expect(text).toContain(
      'The crystal is disordered; its atoms are 33.3 % aluminium, 50 % iron and 16.7 % nickel.',
    );
    expect(text).toContain('One sort of site holds 75 % iron, 25 % nickel.');
    expect(text).toContain('One sort of site holds 50 % aluminium, else vacant.');
    expect(describeStructure(supercell(alloy, [2, 1, 1]))).toBe(text);
  });

  it('finishes for any crystal, and has a sentence for every element', () => {
    fc.assert(
      fc.property(fc.oneof(orderedStructure, disorderedStructure), (structure) => {
        const text = describeStructure(structure);
        expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
        expect(text).toMatch(/^(\S+ (consists|is)|The crystal is disordered).*The bonds form .*\.$/);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what would take minutes', () => {
    expect(() => describeStructure(rutile, { maxSites: 5 })).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_ATOMS' }),
    );
  });
});
