import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrystalRecord } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { GraphError } from '@bravais/graph-nn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig } from '../../config';
import { prepareMaterials } from '../../model';
import { prepareRecords, prepareStructures } from './prepare-records';

const EXPERIMENT = `
name: graphs
data: { source: reference }
graph: { neighbors: 8, cutoffAngstrom: 6 }
model: { structure: { kind: cgcnn }, views: { phononDos: { kind: mlp } } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 1 }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-graphs-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('prepareRecords and prepareStructures', () => {
  const { graph, model } = parseConfig(EXPERIMENT);
  const config = { graph, model };
  let records: readonly CrystalRecord[] = [];
  beforeAll(() => {
    records = referenceSet().slice(0, 200);
  });

  it('prepares as without', async () => {
    const materials = prepareMaterials(records, config);
    for (let times = 0; times < 2; times++) {
      expect(await prepareRecords(records, config, { cacheFolder: folder })).toEqual(materials);
    }
    const structures = await prepareStructures(
      records.map(({ structure }) => structure),
      config,
    );
    expect(structures).toEqual(materials.map(({ structure }) => structure));
  });

  it('names the record without a graph, or leaves the error in its place', async () => {
    const lonely = records.map((record, k) =>
      k === 3
        ? {
            ...record,
            structure: {
              ...record.structure,
              latticeAngstrom: Float64Array.from([1e3, 0, 0, 0, 1e3, 0, 0, 0, 1e3]),
            },
          }
        : record,
    );
    await expect(prepareRecords(lonely, config)).rejects.toMatchObject({
      code: 'ISOLATED_SITE',
      message: expect.stringMatching(`^${records[3]!.id}: nearestNeighbors: every site`),
    });
    const found = await prepareStructures(
      lonely.map(({ structure }) => structure),
      config,
    );
    expect(found.flatMap((item, k) => (item instanceof GraphError ? [k] : []))).toEqual([3]);
  });
});
