import {
  createStructure,
  readCif,
  readPoscar,
  readPymatgenJson,
  type Structure,
  supercell,
  toPymatgenDict,
  writeCif,
  writePoscar,
} from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../alignment-model';
import { prepareMaterials } from '../prepare';
import { fitPreprocessing } from '../preprocessing';
import { type StructureEncoder, structureEncoder } from '../structure-encoder';
import { TINY_ENCODERS, tinyConfig } from './testing/tiny-encoders';

const LIMIT = 1e-4;

const records = referenceSet().filter(({ structure }) => structure.atomicNumbers.length <= 5);

/** Crystals of all shapes: reference ones under a strain and displacements that leave them no symmetry, or the ones as they are. */
const crystals: fc.Arbitrary<Structure> = fc
  .record({
    record: fc.constantFrom(...records),
    strain: fc.array(fc.double({ min: -0.05, max: 0.05, noNaN: true }), { minLength: 9, maxLength: 9 }),
    shifts: fc.array(fc.double({ min: -0.02, max: 0.02, noNaN: true }), { minLength: 15, maxLength: 15 }),
    symmetric: fc.boolean(),
  })
  .map(({ record: { structure }, strain, shifts, symmetric }) => {
    if (symmetric) return structure;
    const deformation = strain.map((each, k) => each + (k % 4 === 0 ? 1 : 0));
    return createStructure({
      latticeAngstrom: timesMatrix(structure.latticeAngstrom, deformation),
      fracCoords: structure.fracCoords.map((f, k) => f + shifts[k]!),
      atomicNumbers: structure.atomicNumbers,
    });
  });

/** Rows of a matrix times another one. */
function timesMatrix(rows: ArrayLike<number>, matrix: readonly number[]): number[] {
  return Array.from({ length: rows.length }, (_, k) =>
    [0, 1, 2].reduce((sum, i) => sum + rows[k - (k % 3) + i]! * matrix[3 * i + (k % 3)]!, 0),
  );
}

/** The rotation of a unit quaternion. */
function rotation(quaternion: readonly number[]): number[] {
  const length = Math.hypot(...quaternion);
  const [w, x, y, z] = quaternion.map((each) => each / length) as [number, number, number, number];
  return [
    1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y),
    2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x),
    2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y),
  ]; // biome-ignore format: a matrix
}

/** Other ways to say the same crystal. */
const rewritings = fc.record({
  // The cell itself, larger ones, the conventional ones of bcc and fcc primitive cells, and a skewed one of the same size.
  cell: fc.constantFrom(
    [1, 1, 1],
    [2, 1, 1],
    [1, 1, 3],
    [0, 1, 1, 1, 0, 1, 1, 1, 0],
    [-1, 1, 1, 1, -1, 1, 1, 1, -1],
    [1, 1, 0, 0, 1, 2, 0, 0, 1],
  ),
  quaternion: fc
    .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
    .filter((each) => Math.hypot(...each) > 0.1),
  origin: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  order: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 30, maxLength: 30 }),
  format: fc.constantFrom('poscar' as const, 'cif' as const, 'json' as const),
});

type Rewriting = typeof rewritings extends fc.Arbitrary<infer R> ? R : never;

/** The same crystal in another cell, orientation, origin and order of sites. */
function rewritten(structure: Structure, { cell, quaternion, origin, order }: Rewriting): Structure {
  const larger = supercell(structure, cell);
  const sites = Array.from(larger.atomicNumbers.keys()).sort((a, b) => order[a % 30]! - order[b % 30]!);
  return createStructure({
    latticeAngstrom: timesMatrix(larger.latticeAngstrom, rotation(quaternion)),
    fracCoords: sites.flatMap((site) =>
      origin.map((shift, k) => (larger.fracCoords[3 * site + k]! + shift) % 1),
    ),
    atomicNumbers: sites.map((site) => larger.atomicNumbers[site]!),
  });
}

/** What a file of a structure reads back as. */
function throughFile(structure: Structure, format: Rewriting['format']): Structure {
  const { structures } = {
    poscar: () => readPoscar(writePoscar(structure)),
    cif: () => readCif(writeCif(structure)),
    json: () => readPymatgenJson(JSON.stringify(toPymatgenDict(structure))),
  }[format]();
  return structures[0]!.structure;
}

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe.each(TINY_ENCODERS)('from file to embedding, $kind', (tiny) => {
  let encoder: StructureEncoder;
  beforeAll(() => {
    const config = tinyConfig(tiny);
    const some = records.filter((_, k) => k % 25 === 0);
    const preprocessing = fitPreprocessing(config, prepareMaterials(some, config));
    encoder = structureEncoder(createModel(device, config, preprocessing));
  });

  /** Rows of the structures in one batch. */
  const embed = async (structures: readonly Structure[]): Promise<Float32Array[]> => {
    const values = await encoder.embed(structures.map((each) => encoder.prepare(each)));
    return structures.map((_, row) => values.slice(8 * row, 8 * row + 8));
  };
  const difference = (a: Float32Array, b: Float32Array): number =>
    Math.max(...a.map((value, i) => Math.abs(value - b[i]!))) / Math.max(...a.map(Math.abs));

  test.prop([crystals, rewritings, fc.array(crystals, { minLength: 0, maxLength: 3 })], { numRuns: 20 })(
    'neither cell, orientation, origin, order of sites, format of the file nor company in the batch matters',
    async (crystal, rewriting, company) => {
      const [plain] = await embed([crystal]);
      const other = throughFile(rewritten(crystal, rewriting), rewriting.format);
      const found = (await embed([...company, other])).at(-1)!;
      expect(difference(plain!, found)).toBeLessThan(LIMIT);
    },
  );

  it('tells crystals apart, but polymorphs only where it sees structure', async () => {
    const sodiumChloride = (latticeAngstrom: number[]): Structure =>
      createStructure({ latticeAngstrom, fracCoords: [0, 0, 0, 0.5, 0.5, 0.5], atomicNumbers: [11, 17] });
    const rockSalt = sodiumChloride([0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0]);
    const caesiumType = sodiumChloride([3.4, 0, 0, 0, 3.4, 0, 0, 0, 3.4]);
    const potassium = createStructure({ ...rockSalt, atomicNumbers: [19, 17] });
    const [sodium, polymorph, other] = await embed([rockSalt, caesiumType, potassium]);
    expect(difference(sodium!, other!)).toBeGreaterThan(0.01);
    if (tiny.kind === 'composition') expect(difference(sodium!, polymorph!)).toBeLessThan(LIMIT);
    else expect(difference(sodium!, polymorph!)).toBeGreaterThan(0.01);
  });
});
