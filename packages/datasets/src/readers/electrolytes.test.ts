import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chenHardnessGPa, tianHardnessGPa } from '../mechanics/vickers-hardness';
import { readElectrolytes } from './electrolytes';
import { readJarvisPhdos } from './jarvis-phdos';
import { readMpCrystals } from './mp-crystals';

const ROOT = resolve(import.meta.dirname, '../../../..', process.env.BRAVAIS_DATA ?? '../shared/data');
const has = (folder: string): boolean => {
  const found = existsSync(join(ROOT, folder));
  if (!found) console.log(`skipped: no data (${folder})`);
  return found;
};

describe.runIf(has('obelix'))('readElectrolytes', () => {
  it('hands out the electrolytes with a structure, bounds told apart, no formula in two splits', async () => {
    const records = await readElectrolytes(ROOT);
    expect(records).toHaveLength(254);
    const bounds = records.filter(({ scalars }) => scalars.conductivityBound !== 0);
    expect(bounds.length).toBeGreaterThan(0);
    expect(bounds.every(({ scalars }) => scalars.conductivityBound === -1)).toBe(true);
    expect(records.every(({ scalars }) => scalars.conductivitySPerCm! > 0)).toBe(true);
    const splits = new Map<string, Set<string>>();
    for (const { formula, split } of records) {
      splits.set(formula, (splits.get(formula) ?? new Set()).add(split));
    }
    expect([...splits.values()].every((found) => found.size === 1)).toBe(true);
  });
});

describe.runIf(has('obelix'))('readElectrolytes of all', () => {
  it("keeps the authors' test split whole and gives compositions, fractions included", async () => {
    const records = await readElectrolytes(ROOT, { all: true });
    const counts = { train: 0, val: 0, test: 0 };
    for (const { split } of records) counts[split]++;
    expect(counts.test).toBe(121);
    expect(counts.train + counts.val).toBe(478);
    expect(counts.val).toBeGreaterThan(20);
    const tested = new Set(records.flatMap(({ split, formula }) => (split === 'val' ? [formula] : [])));
    expect(records.some(({ split, formula }) => split === 'train' && tested.has(formula))).toBe(false);
    const garnet = records.find(({ formula }) => formula === 'Li7La3Zr2O12')!;
    const { atomicNumbers, occupancies } = garnet.structure.occupations!;
    expect(occupancies[atomicNumbers.indexOf(8)]).toBeCloseTo(12 / 24, 2);
  });
});

describe.runIf(has('jarvis-phdos'))('readJarvisPhdos', () => {
  it('derives hardness where both moduli are positive', async () => {
    const records = await readJarvisPhdos(ROOT, { tier: 'exact' });
    for (const { scalars } of records) {
      const { bulk_modulus_kv: k = 0, shear_modulus_gv: g = 0 } = scalars;
      const expected =
        k > 0 && g > 0 ? [chenHardnessGPa(k, g), tianHardnessGPa(k, g)] : [undefined, undefined];
      expect([scalars.vickersHardnessChenGPa, scalars.vickersHardnessTianGPa]).toEqual(expected);
    }
    expect(
      records.filter(({ scalars }) => scalars.vickersHardnessTianGPa !== undefined).length,
    ).toBeGreaterThan(300);
  });
});

describe.runIf(has('jarvis-phdos') && has('mp-crystals'))('readJarvisPhdos with exceptMp', () => {
  it('leaves out the materials whose crystal is tested elsewhere, and no others', async () => {
    const all = await readJarvisPhdos(ROOT, { tier: 'A' });
    const kept = await readJarvisPhdos(ROOT, { tier: 'A', exceptMp: ['test'] });
    const tested = new Set((await readMpCrystals(ROOT, { split: 'test' })).map(({ formula }) => formula));
    const ids = new Set(kept.map(({ id }) => id));
    const left = all.filter(({ id }) => !ids.has(id));
    expect(left.length).toBeGreaterThan(100);
    expect(left.every(({ formula }) => tested.has(formula))).toBe(true);
    expect(kept).toEqual(all.filter(({ id }) => ids.has(id)));
  });
});
