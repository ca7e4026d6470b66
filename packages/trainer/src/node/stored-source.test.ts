import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { referenceSet } from '@bravais/datasets/reference';
import { buildDataset } from '@bravais/datasets/storage';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveConfig } from '../config';
import { loadRecords } from './load-records';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bravais-stored-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const { data } = resolveConfig({
  name: 'stored',
  data: { source: 'stored', root: 'set' },
  model: { structure: { kind: 'cgcnn' }, views: { phononDos: { kind: 'mlp' } } },
  loss: { kind: 'all-pairs-clip' },
  optim: { schedule: { kind: 'constant' } },
  training: { steps: 1 },
});

it('source "stored" gives the records of a data set, the first of each split where there is a limit', async () => {
  const records = referenceSet().slice(0, 40);
  await buildDataset(join(root, 'set'), { records }, { origin: { name: 'set' }, rowsPerChunk: 16 });
  const same = ({ id, formula, structure, split, views, scalars }: (typeof records)[number]) => ({
    id,
    formula,
    structure,
    split,
    views,
    scalars,
  });
  expect(await loadRecords(data, root)).toEqual(records.map(same));
  const few = await loadRecords({ ...data, limit: 2 }, root);
  expect(few.map(({ split }) => split).sort()).toEqual(['test', 'test', 'train', 'train', 'val', 'val']);
});

it('gives records without a structure, too', async () => {
  const [record] = referenceSet();
  const { structure: _left, ...bare } = record!;
  await buildDataset(join(root, 'bare'), { records: [bare] }, { origin: { name: 'bare' } });
  const [stored, ...others] = await loadRecords({ ...data, root: 'bare' }, root);
  expect(others).toEqual([]);
  expect(stored).toMatchObject({ id: record!.id, views: record!.views });
  expect(stored).not.toHaveProperty('structure');
});
