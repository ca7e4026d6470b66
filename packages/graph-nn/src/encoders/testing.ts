import type { Tensor } from '@bravais/tensor-core';
import type { HostParameter } from '@bravais/tensor-core/nn';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Crystal } from '../graph';
import { arbitraryCrystal, prototypes, supercell } from '../graph/testing';
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
