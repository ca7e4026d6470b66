import { beforeAll, describe, expect, it } from 'vitest';
import { type MaterialRecord, VIEW_FORMS } from '../src/material-record';
import { readMultimatSample } from '../src/readers/multimat-sample';
import { DATA_ROOT, hasData } from './shared-data';

describe.runIf(hasData('multimat-sample'))('readMultimatSample', () => {
  let records: MaterialRecord[];
  beforeAll(async () => {
    records = await readMultimatSample(DATA_ROOT, { fold: 0 });
  });

  it('hands out 181 crystals with every view, finite and of its length', () => {
    expect(records).toHaveLength(181);
    for (const { views } of records) {
      for (const name of ['electronicDos', 'chargeDensity', 'text'] as const) {
        expect(VIEW_FORMS[name]).toMatchObject({ length: views[name]!.length });
        expect(views[name]!.every(Number.isFinite)).toBe(true);
      }
      expect(Math.max(...views.electronicDos!)).toBe(1);
    }
  });

  it('tests every crystal in exactly one of five folds', async () => {
    const held: string[] = [];
    for (let fold = 0; fold < 5; fold++) {
      const part = await readMultimatSample(DATA_ROOT, { fold });
      held.push(...part.filter(({ split }) => split === 'test').map(({ id }) => id));
    }
    expect(held.sort()).toEqual(records.map(({ id }) => id).sort());
  });

  it('hands out the 193 with a structure where views may lack', async () => {
    const more = await readMultimatSample(DATA_ROOT, { fold: 0, complete: false });
    expect(more).toHaveLength(193);
    const count = (name: 'electronicDos' | 'chargeDensity') =>
      more.filter(({ views }) => views[name] !== undefined).length;
    expect([count('electronicDos'), count('chargeDensity')]).toEqual([187, 187]);
  });

  it('hands out all 408, the complete ones in the folds that they have alone', async () => {
    const all = await readMultimatSample(DATA_ROOT, { fold: 1, all: true });
    expect(new Set(all.map(({ id }) => id)).size).toBe(408);
    expect(all.filter(({ structure }) => structure !== undefined)).toHaveLength(193);
    const lacking = (name: 'electronicDos' | 'chargeDensity' | 'text') =>
      all.filter(({ views }) => views[name] === undefined).length;
    expect([lacking('electronicDos'), lacking('chargeDensity'), lacking('text')]).toEqual([96, 37, 0]);
    const testOf = (records: readonly MaterialRecord[]) => records.filter(({ split }) => split === 'test');
    const alone = testOf(await readMultimatSample(DATA_ROOT, { fold: 1 })).map(({ id }) => id);
    const together = testOf(all).map(({ id }) => id);
    expect(together).toEqual(expect.arrayContaining(alone));
    expect(together.length - alone.length).toBeGreaterThanOrEqual(45);
  });

  it('refuses a fold that there is not', async () => {
    await expect(readMultimatSample(DATA_ROOT, { fold: 5 })).rejects.toThrow('a fold from 0 to 4');
  });
});
