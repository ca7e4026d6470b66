import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { DATA_ROOT, hasData } from '../../test/shared-data';
import { disorderedStructure, orderedStructure } from '../formats/testing/arbitrary-structure';
import { readMpCrystals } from '../readers/mp-crystals';
import { createStructure } from '../structure/create-structure';
import type { Structure } from '../structure/structure';
import { supercell } from '../structure/supercell';
import { applySplit } from './apply-split';
import { createSplit } from './create-split';
import { leakageReport, partsOf } from './leakage-report';
import { leakageText } from './leakage-text';
import { fingerprintDifference, neighborFingerprint } from './neighbor-fingerprint';

const difference = (one: Structure, other: Structure): number =>
  fingerprintDifference(neighborFingerprint(one), neighborFingerprint(other));

/** The same crystal with another origin, order of sites and orientation of axes. */
function rewritten(structure: Structure, shift: readonly number[]): Structure {
  const { latticeAngstrom: m, fracCoords: f, atomicNumbers } = structure;
  const order = Array.from(atomicNumbers.keys()).reverse();
  return createStructure({
    latticeAngstrom: [...m.subarray(6, 9), ...m.subarray(0, 3), ...m.subarray(3, 6)],
    fracCoords: order.flatMap((site) => [2, 0, 1].map((k) => f[3 * site + k]! + shift[k]!)),
    atomicNumbers: order.map((site) => atomicNumbers[site]!),
  });
}

const shifts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 });

describe('laws of the fingerprint', () => {
  property.prop([orderedStructure, shifts], { numRuns: 25 })(
    'origin, order of sites and choice of axes do not change it',
    (structure, shift) => {
      expect(difference(structure, rewritten(structure, shift))).toBeLessThan(1e-9);
    },
  );

  property.prop([fc.oneof(orderedStructure, disorderedStructure)], { numRuns: 15 })(
    'a supercell does not change it',
    (structure) => {
      expect(difference(structure, supercell(structure, [2, 1, 1]))).toBeLessThan(1e-9);
    },
  );

  property.prop([orderedStructure, fc.double({ min: 1, max: 1.2, noNaN: true })], { numRuns: 25 })(
    'a lattice larger by s differs by 2 (s − 1) / (s + 1)',
    (structure, s) => {
      const larger = { ...structure, latticeAngstrom: structure.latticeAngstrom.map((x) => s * x) };
      expect(difference(structure, larger)).toBeCloseTo((2 * (s - 1)) / (s + 1), 9);
    },
  );
});

const closePacked = (layers: readonly (readonly [number, number])[]): Structure =>
  createStructure({
    latticeAngstrom: [
      2.5,
      0,
      0,
      -1.25,
      (2.5 * Math.sqrt(3)) / 2,
      0,
      0,
      0,
      layers.length * 2.5 * Math.sqrt(2 / 3),
    ],
    fracCoords: layers.flatMap(([a, b], k) => [a, b, k / layers.length]),
    atomicNumbers: layers.map(() => 'Co'),
  });
const A = [0, 0] as const;
const B = [1 / 3, 2 / 3] as const;
const C = [2 / 3, 1 / 3] as const;

describe('neighborFingerprint', () => {
  it('tells fcc from hcp, and atoms that have changed places', () => {
    expect(difference(closePacked([A, B]), closePacked([A, B, C]))).toBeGreaterThan(0.03);
    expect(difference(closePacked([A, B]), closePacked([A, B, A, B]))).toBeLessThan(1e-9);
    const chain = (atomicNumbers: string[]): Structure =>
      createStructure({
        latticeAngstrom: [12, 0, 0, 0, 4, 0, 0, 0, 4],
        fracCoords: [0, 0, 0, 0.25, 0, 0, 0.5, 0, 0, 0.75, 0, 0],
        atomicNumbers,
      });
    expect(difference(chain(['Na', 'Cl', 'Na', 'Cl']), chain(['Na', 'Na', 'Cl', 'Cl']))).toBeGreaterThan(
      0.03,
    );
  });
});

const salt = (id: string, split: string, edge: number, elements = ['Na', 'Cl']) => ({
  id,
  formula: elements.join(''),
  split,
  structure: createStructure({
    latticeAngstrom: [edge, 0, 0, 0, edge, 0, 0, 0, edge],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: elements,
  }),
});
const one = salt('a', 'train', 4);
const records = [
  one,
  { ...salt('b', 'test', 4.02), structure: supercell(salt('b', 'test', 4.02).structure, [1, 2, 1]) },
  salt('c', 'test', 4.5),
  salt('d', 'val', 4, ['K', 'Cl']),
  { id: 'a', formula: 'NaCl', split: 'val' },
];

describe('leakageReport', () => {
  const report = leakageReport(partsOf(records));

  it('finds shared formulas, near-duplicates and repeated ids', () => {
    expect(report.counts).toEqual({ train: 1, test: 2, val: 2 });
    expect(report.repeatedIds).toEqual([{ id: 'a', parts: ['train', 'val'] }]);
    expect(report.sharedFormulas).toEqual([
      { parts: ['train', 'test'], formulas: 1, records: [1, 2], examples: ['NaCl'] },
      { parts: ['train', 'val'], formulas: 1, records: [1, 1], examples: ['NaCl'] },
      { parts: ['test', 'val'], formulas: 1, records: [2, 1], examples: ['NaCl'] },
    ]);
    expect(report.nearDuplicates).toEqual([
      {
        formula: 'NaCl',
        ids: ['a', 'b'],
        parts: ['train', 'test'],
        difference: expect.closeTo(0.04 / 8.02, 9),
      },
    ]);
    expect([report.comparedPairs, report.notCompared]).toEqual([2, 1]);
    expect(leakageReport(partsOf(records), { tolerance: 0.001 }).nearDuplicates).toEqual([]);
  });

  it('says so', () => {
    expect(leakageText(report)).toBe(
      [
        'leakage between train 1, test 2, val 2',
        '  ids: 1 stand more than once: a (train, val)',
        '  formulas: 1 in both train and test (1 of 1 and 2 of 2 records): NaCl',
        '  formulas: 1 in both train and val (1 of 1 and 1 of 2 records): NaCl',
        '  formulas: 1 in both test and val (2 of 2 and 1 of 2 records): NaCl',
        '  structures: 1 of 2 pairs of one formula agree within 3 % in every mean neighbour distance: NaCl a (train) = b (test)',
        '  1 records of shared formulas have no structure, or too many sites to compare',
      ].join('\n'),
    );
  });
});

describe('applySplit', () => {
  const distinct = records.slice(0, 4);

  it('gives the parts with the report', async () => {
    const split = await createSplit(distinct, { kind: 'folds', folds: 2 });
    const { parts, leakage } = await applySplit(distinct, split);
    expect([...parts.values()].map((part) => part.length)).toEqual([2, 2]);
    expect(leakage).toEqual(leakageReport(parts));
    const byFormula = await createSplit(distinct, { kind: 'formula' });
    expect((await applySplit(distinct, byFormula)).leakage.sharedFormulas).toEqual([]);
  });

  it('refuses other data', async () => {
    const split = await createSplit(distinct, { kind: 'random' });
    const use = applySplit(distinct.slice(1), split);
    await expect(use).rejects.toMatchObject({ name: 'SplitError', code: 'SPLIT_MISMATCH' });
    await expect(use).rejects.toThrow(/^split: 4 records whose ids have SHA-256 .+, got 3 with /);
  });
});

describe.skipIf(!hasData('mp-crystals'))('mp-crystals', () => {
  it('is checked for leakage', async () => {
    const splits = ['train', 'val', 'test'] as const;
    const crystals = (await Promise.all(splits.map((split) => readMpCrystals(DATA_ROOT, { split })))).flat();
    expect(crystals).toHaveLength(36_476);
    const started = process.cpuUsage();
    const report = leakageReport(partsOf(crystals));
    const seconds = process.cpuUsage(started).user / 1e6;
    console.log(`${leakageText(report)}\n${seconds.toFixed(1)} s of processor time`);
    expect(report.repeatedIds).toEqual([]);
    expect(report.sharedFormulas.map(({ parts }) => parts.join())).toEqual([
      'train,val',
      'train,test',
      'val,test',
    ]);
  });
});
