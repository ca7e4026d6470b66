import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { elementBySymbol } from '../src/elements/element';
import type { MaterialRecord } from '../src/material-record';
import { readJarvisFormulas } from '../src/readers/jarvis-formulas';
import { readJarvisPhdos } from '../src/readers/jarvis-phdos';
import { readJsonLines } from '../src/readers/json-lines';
import { readMpCrystals } from '../src/readers/mp-crystals';
import { densityGramPerCm3 } from '../src/structure/composition';
import { DATA_ROOT, hasData } from './shared-data';

function splitCounts(records: readonly MaterialRecord[]): number[] {
  return ['train', 'val', 'test'].map((split) => records.filter((record) => record.split === split).length);
}

describe.runIf(hasData('mp-crystals'))('readMpCrystals', () => {
  it('reads a split with structures whose density is the stated one', async () => {
    const records = await readMpCrystals(DATA_ROOT, { split: 'test' });
    expect(records).toHaveLength(2238);
    // Technetium has no standard weight: 97 here, 98 there.
    const weighed = records.filter(({ formula }) => !formula.includes('Tc'));
    const worst = Math.max(
      ...weighed.map(({ structure, scalars }) => Math.abs(densityGramPerCm3(structure) / scalars.rho! - 1)),
    );
    // Weights are abridged to five digits.
    expect(worst).toBeLessThan(5e-4);
    expect(records.every(({ split, views }) => split === 'test' && views.phononDos === undefined)).toBe(true);
    expect(Object.keys(records[0]!.scalars)).toEqual(['e_form', 'gap', 'rho', 'sg']);
  });

  it('stops at the limit', async () => {
    expect((await readMpCrystals(DATA_ROOT, { split: 'train', limit: 5 })).map(({ id }) => id)[0]).toBe(
      'mp-2',
    );
    expect(await readMpCrystals(DATA_ROOT, { split: 'train', limit: 0 })).toEqual([]);
  });
});

describe.runIf(hasData('mp-crystals') && hasData('jarvis-phdos'))('readJarvisPhdos', () => {
  it('joins tier A to 2,614 / 332 / 301 materials with spectrum and structure', async () => {
    const records = await readJarvisPhdos(DATA_ROOT, { tier: 'A' });
    expect(splitCounts(records)).toEqual([2614, 332, 301]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.every(({ views }) => views.phononDos!.length === 66)).toBe(true);
    expect(records.filter(({ views }) => Math.max(...views.phononDos!) !== 1).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('takes exact structures where there are, and their union with tier A', async () => {
    expect(splitCounts(await readJarvisPhdos(DATA_ROOT, { tier: 'exact' }))).toEqual([539, 66, 58]);
    expect(await readJarvisPhdos(DATA_ROOT, { tier: 'A+exact' })).toHaveLength(3663);
    const test = await readJarvisPhdos(DATA_ROOT, { tier: 'A', split: 'test', limit: 7 });
    expect(splitCounts(test)).toEqual([0, 0, 7]);
  });

  it('gives the training spectra with nothing but a formula, none that a held-out material has', async () => {
    const records = await readJarvisFormulas(DATA_ROOT, { tier: 'A' });
    expect(splitCounts(records)).toEqual([5789, 0, 0]);
    expect(records.every(({ structure, formula }) => structure === undefined && formula !== '')).toBe(true);
    const tierA = await readJarvisPhdos(DATA_ROOT, { tier: 'A' });
    const [ids, formulas] = [new Set<string>(), new Set<string>()];
    for (const { id, formula, split } of tierA) {
      ids.add(id);
      if (split !== 'train') formulas.add(formula);
    }
    expect(records.filter(({ id, formula }) => ids.has(id) || formulas.has(formula))).toEqual([]);
    const beside = await readJarvisFormulas(DATA_ROOT, { tier: 'A+exact' });
    expect(beside.length).toBeLessThan(records.length);
    const without = await readJarvisFormulas(DATA_ROOT, { tier: 'A', exceptMp: ['test'] });
    expect(without.length).toBeLessThan(records.length);
  });

  it('gives each material its own row', async () => {
    const rows = new Map<unknown, number>();
    for await (const { value } of readJsonLines(join(DATA_ROOT, 'jarvis-phdos', 'materials.jsonl.gz'))) {
      rows.set(value.jid, value.i as number);
    }
    // Read apart from readNpy: version 1.0 header, its length at byte 8, little-endian uint16 behind it.
    const bytes = gunzipSync(readFileSync(join(DATA_ROOT, 'jarvis-phdos', 'phdos_14243x66_u16.npy.gz')));
    const start = 10 + bytes.readUInt16LE(8);
    for (const { id, views } of await readJarvisPhdos(DATA_ROOT, { tier: 'exact' })) {
      const row = start + 2 * 66 * rows.get(id)!;
      const expected = Float32Array.from(
        { length: 66 },
        (_, bin) => bytes.readUInt16LE(row + 2 * bin) / 65535,
      );
      expect(views.phononDos).toEqual(expected);
    }
  });

  it('hands out spectra whose tops rise from binary tellurides over selenides and sulfides to oxides', async () => {
    const records = await readJarvisPhdos(DATA_ROOT, { tier: 'A+exact' });
    const meanTop = (anion: string): number => {
      const number = elementBySymbol(anion)!.atomicNumber;
      const tops = records
        .filter(({ structure: { atomicNumbers } }) => {
          return atomicNumbers.includes(number) && new Set(atomicNumbers).size === 2;
        })
        .map(({ views }) => -300 + 20 * views.phononDos!.findLastIndex((value) => value > 0.05));
      return tops.reduce((sum, top) => sum + top, 0) / tops.length;
    };
    expect(meanTop('Te')).toBeLessThan(meanTop('Se'));
    expect(meanTop('Se')).toBeLessThan(meanTop('S'));
    expect(meanTop('S')).toBeLessThan(meanTop('O'));
  });
});

describe('a data folder that is not what it should be', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'bravais-data-'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  it('is missing: DATA_NOT_FOUND names it and says how to set the path', async () => {
    const missing = { code: 'DATA_NOT_FOUND', message: expect.stringMatching(/jarvis-phdos.*BRAVAIS_DATA/) };
    await expect(readJarvisPhdos(join(root, 'nowhere'), { tier: 'A' })).rejects.toMatchObject(missing);
    await expect(readMpCrystals(join(root, 'nowhere'), { split: 'val' })).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
    });
  });

  it.runIf(hasData('jarvis-phdos'))('is cut in half: DATA_TRUNCATED names file and line', async () => {
    const source = join(DATA_ROOT, 'jarvis-phdos');
    const copy = join(root, 'jarvis-phdos');
    mkdirSync(copy);
    const whole = readFileSync(join(source, 'materials.jsonl.gz'));
    writeFileSync(join(copy, 'materials.jsonl.gz'), whole.subarray(0, whole.length >> 1));
    await expect(readJarvisPhdos(root, { tier: 'exact' })).rejects.toMatchObject({
      code: 'DATA_TRUNCATED',
      where: expect.stringMatching(/materials\.jsonl\.gz:\d{4,}$/),
    });
    writeFileSync(join(copy, 'materials.jsonl.gz'), whole);
    const spectra = readFileSync(join(source, 'phdos_14243x66_u16.npy.gz'));
    writeFileSync(join(copy, 'phdos_14243x66_u16.npy.gz'), spectra.subarray(0, spectra.length >> 1));
    await expect(readJarvisPhdos(root, { tier: 'exact' })).rejects.toMatchObject({ code: 'DATA_TRUNCATED' });
  });
});
