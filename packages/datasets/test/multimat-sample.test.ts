import { beforeAll, describe, expect, it } from 'vitest';
import { type MaterialRecord, VIEW_LENGTHS } from '../src/material-record';
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
        expect(views[name]).toHaveLength(VIEW_LENGTHS[name]);
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

  it('refuses a fold that there is not', async () => {
    await expect(readMultimatSample(DATA_ROOT, { fold: 5 })).rejects.toThrow('a fold from 0 to 4');
  });
});
