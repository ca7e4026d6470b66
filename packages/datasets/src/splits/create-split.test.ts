import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { supercell } from '../structure/supercell';
import { createSplit } from './create-split';
import { prototypeOf } from './prototype';
import { splitOfJson, splitToJson } from './split-file';
import type { SplitOptions } from './split-options';

const formulas = fc.constantFrom('NaCl', 'Si', 'LiFePO4', 'SiO2', 'GaAs', 'Fe2O3', 'Li2O');
const recordSets = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 60 })
  .chain((ids) =>
    fc
      .array(fc.record({ formula: formulas, year: fc.integer({ min: 1990, max: 2000 }) }), {
        minLength: ids.length,
        maxLength: ids.length,
      })
      .map((rows) => rows.map((row, k) => ({ id: ids[k]!, ...row }))),
  );
const options: fc.Arbitrary<SplitOptions> = fc.oneof(
  ...(['random', 'formula', 'time'] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), seed: fc.nat() }),
  ),
  fc.record({ kind: fc.constant('element' as const), elements: fc.constant(['Li']), seed: fc.nat() }),
  fc.record({
    kind: fc.constant('folds' as const),
    folds: fc.integer({ min: 2, max: 7 }),
    seed: fc.nat(),
    groupBy: fc.constantFrom('id' as const, 'formula' as const),
  }),
);
const sources = { dateOf: ({ year }: { year: number }) => year };

describe('laws of splits', () => {
  property.prop([recordSets, options, fc.nat()])(
    'every record is in one part, whatever the order of the records',
    async (records, how, turn) => {
      const split = await createSplit(records, how, sources);
      const ids = Object.values(split.parts).flat();
      expect(ids.toSorted()).toEqual(records.map(({ id }) => id).sort());
      const at = turn % records.length;
      const turned = [...records.slice(at), ...records.slice(0, at)].reverse();
      expect(await createSplit(turned, how, sources)).toEqual(split);
    },
  );

  property.prop([recordSets, fc.nat()])('no formula is in two parts', async (records, seed) => {
    for (const how of [
      { kind: 'formula', seed },
      { kind: 'folds', folds: 3, groupBy: 'formula', seed },
    ] as const) {
      const { parts } = await createSplit(records, how);
      for (const formula of new Set(records.map((record) => record.formula))) {
        const ids = new Set(records.filter((record) => record.formula === formula).map(({ id }) => id));
        expect(Object.values(parts).filter((part) => part.some((id) => ids.has(id)))).toHaveLength(1);
      }
    }
  });

  property.prop([recordSets, fc.integer({ min: 2, max: 9 }), fc.nat()])(
    'folds of records differ by one in size',
    async (records, folds, seed) => {
      const { parts } = await createSplit(records, { kind: 'folds', folds, seed });
      const sizes = Object.values(parts).map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  property.prop([recordSets])('nothing in train is newer than what is in test', async (records) => {
    const { parts } = await createSplit(records, { kind: 'time' }, sources);
    const years = (part: string) =>
      records.filter(({ id }) => parts[part]!.includes(id)).map(({ year }) => year);
    expect(Math.max(...years('train'), ...years('val'))).toBeLessThanOrEqual(
      Math.min(...years('test'), 2000),
    );
    const seen = Object.keys(parts).flatMap((part) => [...new Set(years(part))]);
    expect(new Set(seen).size).toBe(seen.length);
  });

  property.prop([recordSets, options])('a split reads back from its text', async (records, how) => {
    const split = await createSplit(records, how, sources);
    expect(await splitOfJson(splitToJson(split))).toEqual(split);
  });
});

const records = Array.from({ length: 1000 }, (_, k) => ({
  id: `m-${k}`,
  formula: k % 10 === 0 ? 'Li2O' : `Si${k}O`,
}));

describe('createSplit', () => {
  it('keeps to the fractions', async () => {
    const { parts } = await createSplit(records, {
      kind: 'random',
      fractions: { train: 0.7, val: 0.1, test: 0.2 },
    });
    expect(Object.values(parts).map(({ length }) => length)).toEqual([700, 100, 200]);
    const { parts: whole } = await createSplit(records, {
      kind: 'formula',
      fractions: { train: 0.5, val: 0, test: 0.5 },
    });
    expect(Object.values(whole).map(({ length }) => length)).toEqual([500, 0, 500]);
  });

  it('gives another seed another split, about as random as it should be', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map((seed) => createSplit(records, { kind: 'random', seed })),
    );
    const both = one!.parts.test!.filter((id) => other!.parts.test!.includes(id));
    expect(both.length).toBeLessThan(25);
  });

  it('holds an element out', async () => {
    const { parts } = await createSplit(records, { kind: 'element', elements: ['Li'] });
    expect(parts.test).toHaveLength(100);
    expect(parts.train!.length / parts.val!.length).toBeCloseTo(8, 5);
  });

  it.each([
    [{ kind: 'random', seed: -1 }, 'createSplit: a seed from 0 to 4294967295 expected, got -1.'],
    [{ kind: 'random', fractions: { train: 1, val: 1, test: 0 } }, 'got 1, 1, 0'],
    [{ kind: 'folds', folds: 1 }, 'createSplit: 2 to 1000 folds expected, got 1.'],
    [{ kind: 'element', elements: ['Xx'] }, 'createSplit: element symbols expected, got Xx.'],
    [{ kind: 'element', elements: [] }, 'got none'],
  ] as const)('%j is refused', async (how, message) => {
    const split = createSplit(records, how as SplitOptions);
    await expect(split).rejects.toMatchObject({ name: 'SplitError', code: 'SPLIT_OPTIONS' });
    await expect(split).rejects.toThrow(message);
  });

  it('refuses records that it cannot tell apart or place', async () => {
    const twice = [records[0]!, records[0]!];
    await expect(createSplit(twice, { kind: 'random' })).rejects.toThrow('m-0 twice');
    await expect(createSplit([], { kind: 'random' })).rejects.toThrow('got none');
    await expect(createSplit(records, { kind: 'time' })).rejects.toThrow('got none for m-0');
    await expect(createSplit(records, { kind: 'prototype' })).rejects.toThrow('a structure of each record');
  });
});

const rockSalt = (cation: string, anion: string, edge: number) =>
  createStructure({
    latticeAngstrom: [0, edge / 2, edge / 2, edge / 2, 0, edge / 2, edge / 2, edge / 2, 0],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: [cation, anion],
  });

describe('prototypes', () => {
  it('do not depend on elements, cell or which place is which', async () => {
    const name = await prototypeOf(rockSalt('Na', 'Cl', 5.64));
    expect(name).toBe('AB_225_4m-3m;4m-3m');
    expect(await prototypeOf(rockSalt('O', 'Mg', 4.21))).toBe(name);
    expect(await prototypeOf(supercell(rockSalt('Na', 'Cl', 5.64), [2, 1, 3]))).toBe(name);
    const cesiumChloride = createStructure({
      latticeAngstrom: [4.12, 0, 0, 0, 4.12, 0, 0, 0, 4.12],
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      atomicNumbers: ['Cs', 'Cl'],
    });
    expect(await prototypeOf(cesiumChloride)).toBe('AB_221_1m-3m;1m-3m');
  });

  it('share a part', async () => {
    const salts = ['Li', 'Na', 'K'].map((cation, k) => ({
      id: cation,
      formula: `${cation}Cl`,
      structure: rockSalt(cation, 'Cl', 5.2 + k / 2),
    }));
    const { parts } = await createSplit(salts, { kind: 'prototype' });
    expect(Object.values(parts).filter(({ length }) => length > 0)).toEqual([['K', 'Li', 'Na']]);
  });
});

describe('held-out prototypes', () => {
  const types = ['AB_225_4m-3m;4m-3m', 'AB_221_1m-3m;1m-3m', 'A_229_2m-3m'];
  const typed = Array.from({ length: 90 }, (_, k) => ({
    id: `m-${k}`,
    formula: `X${k}`,
    type: types[k % 3]!,
  }));
  const of = { prototypeOf: ({ type }: { type: string }) => type };

  property.prop([fc.subarray(types, { minLength: 1 }), fc.nat()])(
    'are test and nothing else, and no prototype is in two parts',
    async (prototypes, seed) => {
      const { parts } = await createSplit(typed, { kind: 'prototype', prototypes, seed }, of);
      const typesIn = (part: string) =>
        new Set(parts[part]!.map((id) => typed.find((record) => record.id === id)!.type));
      expect([...typesIn('test')].sort()).toEqual([...prototypes].sort());
      expect(parts.test).toHaveLength(30 * prototypes.length);
      expect([...typesIn('train')].filter((type) => typesIn('val').has(type))).toEqual([]);
    },
  );

  it.each([[['ABC_1_1']], [[]]])('%j is refused: no record has it', async (prototypes) => {
    const split = createSplit(typed, { kind: 'prototype', prototypes }, of);
    await expect(split).rejects.toMatchObject({ name: 'SplitError', code: 'SPLIT_OPTIONS' });
    await expect(split).rejects.toThrow('prototypes that records have expected');
  });
});

describe('splitOfJson', () => {
  it.each([
    ['{', 'x.json: JSON expected, got text that does not parse. Make the split again.'],
    ['[]', 'a split of schema 1 expected'],
    ['{"schema":2}', 'a split of schema 1 expected'],
  ])('refuses %s', async (text, message) => {
    const read = splitOfJson(text, 'x.json');
    await expect(read).rejects.toMatchObject({ name: 'SplitError', code: 'SPLIT_INVALID' });
    await expect(read).rejects.toThrow(message);
  });

  it('refuses a split whose ids were changed', async () => {
    const text = splitToJson(await createSplit(records, { kind: 'random' }));
    await expect(splitOfJson(text.replace('"m-1"', '"m-x"'))).rejects.toThrow('ids with SHA-256');
    await expect(splitOfJson(text.replace('"m-1"', '"m-2"'))).rejects.toThrow('each once');
  });
});
