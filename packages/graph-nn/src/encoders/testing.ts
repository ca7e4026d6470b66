import type { Tensor } from '@bravais/tensor-core';
import type { HostParameter } from '@bravais/tensor-core/nn';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Crystal } from '../graph';
import {
  arbitraryCrystal,
  arbitraryDisordered,
  ofSpecies,
  prototypes,
  type SpeciesList,
  speciesOf,
  supercell,
} from '../graph/testing';
import type { Values } from './reference';

/** Largest difference in proportion to the embedding's own size. */
function distance(a: Float32Array, b: Float32Array): number {
  const largest = Math.max(...a.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / largest;
}

function rotated({ latticeAngstrom, ...rest }: Crystal, angle: number): Crystal {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const lattice = Float64Array.from({ length: 9 }, (_, i) => {
    const [x, y, z] = [0, 1, 2].map((axis) => latticeAngstrom[3 * Math.floor(i / 3) + axis]!) as [
      number,
      number,
      number,
    ];
    return [c * x - s * y, s * x + c * y, z][i % 3]!;
  });
  return { ...rest, latticeAngstrom: lattice };
}

function shiftedAndReversed({ latticeAngstrom, fracCoords, atomicNumbers }: Crystal, shift: number): Crystal {
  const n = atomicNumbers.length;
  const from = (i: number): number => n - 1 - i;
  return {
    latticeAngstrom,
    fracCoords: Float64Array.from(
      { length: 3 * n },
      (_, i) => (fracCoords[3 * from(Math.floor(i / 3)) + (i % 3)]! + shift) % 1,
    ),
    atomicNumbers: Uint8Array.from({ length: n }, (_, i) => atomicNumbers[from(i)]!),
  };
}

const LIMIT = 1e-4;

/**
 * Tests that an encoder sees the crystal and nothing else: not its cell, orientation, origin, order of sites, or company.
 *
 * @param embed embeddings of crystals in one batch, a row each
 */
export function describeInvariances(embed: (crystals: readonly Crystal[]) => Promise<Float32Array[]>): void {
  describe('the embedding of a crystal does not depend on', () => {
    test.prop([arbitraryCrystal(5), fc.constantFrom([2, 1, 1], [1, 2, 1], [1, 1, 3], [2, 2, 1])], {
      numRuns: 20,
    })('the cell it is written in', async (crystal, [a, b, c]) => {
      const [primitive, larger] = await embed([crystal, supercell(crystal, a!, b!, c!)]);
      expect(distance(primitive!, larger!)).toBeLessThan(LIMIT);
    });

    test.prop(
      [
        arbitraryCrystal(6),
        fc.double({ min: 0, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
      ],
      { numRuns: 20 },
    )('orientation, origin and the order of sites', async (crystal, angle, shift) => {
      const [plain, turned, moved] = await embed([
        crystal,
        rotated(crystal, angle),
        shiftedAndReversed(crystal, shift),
      ]);
      expect(distance(plain!, turned!)).toBeLessThan(LIMIT);
      expect(distance(plain!, moved!)).toBeLessThan(LIMIT);
    });

    test.prop([fc.array(arbitraryCrystal(4), { minLength: 1, maxLength: 6 }), arbitraryCrystal(4)], {
      numRuns: 20,
    })('what else is in the batch', async (others, crystal) => {
      const [alone] = await embed([crystal]);
      const inBatch = (await embed([...others, crystal])).at(-1)!;
      expect(distance(alone!, inBatch)).toBeLessThan(LIMIT);
    });
  });

  it('tells different crystals apart', async () => {
    const crystals = Object.values(prototypes);
    const embeddings = await embed(crystals);
    for (const [i, a] of embeddings.entries()) {
      for (const b of embeddings.slice(i + 1)) expect(distance(a, b)).toBeGreaterThan(0.01);
    }
  });

  it('gives the same bits twice', async () => {
    const crystals = Object.values(prototypes);
    expect(await embed(crystals)).toEqual(await embed(crystals));
  });
}

/** A tree of parameters with each replaced, as the type that the caller names. */
export function mapParameters<Tree>(
  tree: object,
  change: (parameter: HostParameter, index: number) => Values,
): Tree {
  let index = 0;
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node === 'object' && node !== null && 'shape' in node)
      return change(node as HostParameter, index++);
    return Object.fromEntries(Object.entries(node as object).map(([name, child]) => [name, visit(child)]));
  };
  return visit(tree) as Tree;
}

/** The tensors of a tree in the order of its names. */
export function flattenTensors(node: object): Tensor[] {
  return Object.values(node).flatMap((child: object) =>
    'device' in child ? [child as Tensor] : flattenTensors(child),
  );
}

function withSpecies(crystal: Crystal, sites: (z: number, site: number) => SpeciesList): Crystal {
  return { ...crystal, occupations: ofSpecies(Array.from(crystal.atomicNumbers, sites)) };
}

/**
 * Tests that an encoder takes shared and partly vacant sites for what they are.
 *
 * @param embed embeddings of crystals in one batch, a row each
 */
export function describeDisorder(embed: (crystals: readonly Crystal[]) => Promise<Float32Array[]>): void {
  describe('disorder:', () => {
    test.prop([fc.array(arbitraryCrystal(4), { minLength: 1, maxLength: 3 })], { numRuns: 15 })(
      'an ordered crystal gives the same bits as occupancies of 1, of two halves and of decimal parts',
      async (crystals) => {
        const plain = await embed(crystals);
        const written: readonly ((z: number) => SpeciesList)[] = [
          (z) => [[z, 1]],
          (z) => [[z, 0.5], [z, 0.5]], // biome-ignore format: a site
          (z) => [[z, 0.7], [z, 0.2], [z, 0.1]], // biome-ignore format: a site
        ];
        for (const species of written) {
          expect(await embed(crystals.map((crystal) => withSpecies(crystal, species)))).toEqual(plain);
        }
      },
    );

    test.prop([arbitraryDisordered(4), arbitraryCrystal(4)], { numRuns: 15 })(
      'not the order of species, the cell or an ordered neighbour in the batch matters',
      async (crystal, ordered) => {
        const [first] = await embed([crystal]);
        const reversed = ofSpecies(speciesOf(crystal.occupations!).map((site) => [...site].reverse()));
        expect(await embed([{ ...crystal, occupations: reversed }])).toEqual([first]);
        const [alone] = await embed([ordered]);
        const [beside, larger, other] = await embed([crystal, supercell(crystal, 1, 2, 1), ordered]);
        expect(distance(first!, beside!)).toBeLessThan(LIMIT);
        expect(distance(first!, larger!)).toBeLessThan(LIMIT);
        expect(distance(alone!, other!)).toBeLessThan(LIMIT);
      },
    );

    it('goes smoothly from one element to another', async () => {
      const mixed = (x: number): Crystal =>
        withSpecies(prototypes.rockSalt, (z) => (z === 11 ? [[11, 1 - x], [19, x]] : [[z, 1]])); // biome-ignore format: a site
      const shares = [1e-6, 0.25, 0.5, 0.75, 1 - 1e-6];
      const found = await embed(shares.map(mixed));
      const [sodium, potassium] = await embed([
        prototypes.rockSalt,
        { ...prototypes.rockSalt, atomicNumbers: [19, 17] },
      ]);
      expect(distance(found[0]!, sodium!)).toBeLessThan(LIMIT);
      expect(distance(found[4]!, potassium!)).toBeLessThan(LIMIT);
      for (const [k, embedding] of found.slice(1).entries()) {
        expect(distance(embedding, found[k]!)).toBeGreaterThan(0.001);
      }
    });

    it('tells vacancies from atoms', async () => {
      const found = await embed(
        [1, 0.75, 0.5].map((x) => withSpecies(prototypes.rockSalt, (z) => [[z, z === 11 ? x : 1]])),
      );
      expect(distance(found[0]!, found[1]!)).toBeGreaterThan(0.001);
      expect(distance(found[1]!, found[2]!)).toBeGreaterThan(0.001);
    });
  });
}
