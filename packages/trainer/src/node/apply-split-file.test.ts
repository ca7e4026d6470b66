import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MaterialRecord } from '@bravais/datasets';
import { createSplit, type DataSplit, splitToJson } from '@bravais/datasets/splits';
import { afterAll, describe, expect, it } from 'vitest';
import { applySplitFile } from './apply-split-file';

const out = mkdtempSync(join(tmpdir(), 'bravais-splits-'));
afterAll(() => rmSync(out, { recursive: true }));

let computed = 0;
const records: MaterialRecord[] = Array.from({ length: 30 }, (_, i) => ({
  id: `m-${i}`,
  formula: `NaCl${i}`,
  split: 'train',
  scalars: {},
  views: {
    get description() {
      computed++;
      return 'salt';
    },
  },
}));

function stored(name: string, split: DataSplit): string {
  const file = join(out, name);
  writeFileSync(file, splitToJson(split));
  return file;
}

const idsOf = (found: readonly MaterialRecord[], split: string): string[] =>
  found.filter((record) => record.split === split).map(({ id }) => id);

describe('a split file', () => {
  it('takes the place of the splits of the source, in its order', async () => {
    const split = await createSplit(records, { kind: 'random', seed: 3 });
    const found = await applySplitFile(records, stored('random.json', split), undefined);
    expect(found.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    for (const part of ['train', 'val', 'test']) {
      expect(idsOf(found, part).sort()).toEqual(split.parts[part]);
    }
    expect(computed).toBe(0);
    expect(found[0]!.views.description).toBe('salt');
  });

  it('of folds holds one out and validates on the next', async () => {
    const split = await createSplit(records, { kind: 'folds', folds: 3 });
    const file = stored('folds.json', split);
    const found = await applySplitFile(records, file, 2);
    expect(idsOf(found, 'test').sort()).toEqual(split.parts['fold-2']);
    expect(idsOf(found, 'val').sort()).toEqual(split.parts['fold-0']);
    expect(idsOf(found, 'train').sort()).toEqual(split.parts['fold-1']);
    await expect(applySplitFile(records, file, undefined)).rejects.toThrow('data.fold left out');
    await expect(applySplitFile(records, file, 3)).rejects.toThrow('3 folds and data.fold 3');
  });

  it('is refused where it is of other records, damaged, or not there', async () => {
    const split = await createSplit(records, { kind: 'random' });
    const file = stored('other.json', split);
    await expect(applySplitFile(records.slice(1), file, undefined)).rejects.toMatchObject({
      code: 'SPLIT_MISMATCH',
    });
    writeFileSync(file, splitToJson(split).replace('m-7', 'm-8'));
    await expect(applySplitFile(records, file, undefined)).rejects.toMatchObject({ code: 'SPLIT_INVALID' });
    const missing = applySplitFile(records, join(out, 'nowhere.json'), undefined);
    await expect(missing).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    await expect(applySplitFile(records, out, undefined)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
  });
});
