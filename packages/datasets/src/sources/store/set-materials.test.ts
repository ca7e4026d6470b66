import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { densityGridModality } from '../../modalities/density-grid';
import { electronicDos } from '../../modalities/electronic-dos';
import { buildDataset, openDataset } from '../../storage';
import { createStructure } from '../../structure/create-structure';
import type { SourceRecord } from '../source-record';
import { type SetItem, setMaterials, setViewOptions } from './set-materials';
import { writeSet } from './write-set';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-set-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const structure = createStructure({
  latticeAngstrom: [3, 0, 0, 0, 4, 0, 0, 0, 5],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});
const line = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });

async function setOf(...parts: (Partial<SourceRecord> & { readonly id: string })[]): Promise<void> {
  async function* items() {
    for (const part of parts) yield { record: { scalars: {}, texts: {}, arrays: {}, ...part } };
  }
  const origin = { name: 'n', title: 'T', source: 's', licence: 'mit', citations: [], query: {}, notes: [] };
  await writeSet(folder, origin, items());
}

async function items(): Promise<SetItem[]> {
  const found: SetItem[] = [];
  for await (const item of setMaterials(folder)) found.push(item);
  return found;
}

it('hands out structures, both spins, words and numbers', async () => {
  const arrays = { dosEnergyEv: line(-2, 0, 1, 2), dosUp: line(0, 1, 2, 0), dosDown: line(0, 1, 0, 0) };
  await setOf(
    { id: 'a', structure, scalars: { gapEv: 1 }, texts: { description: 'Salt.', doi: '10/1' }, arrays },
    { id: 'b', formula: 'KCl', texts: { procedure: 'Heat it.' } },
  );
  const positions = Float64Array.of(-2, 0, 1, 2);
  const dos = electronicDos({ positions, densities: Float64Array.of(0, 2, 2, 0) }, 'both spins');
  expect(await items()).toEqual([
    {
      record: {
        id: 'a',
        formula: 'NaCl',
        structure,
        split: 'train',
        views: { electronicDos: dos, description: 'Salt.' },
        scalars: { gapEv: 1 },
        labels: { doi: '10/1' },
      },
    },
    {
      record: {
        id: 'b',
        formula: 'KCl',
        split: 'train',
        views: { description: 'Heat it.' },
        scalars: {},
        labels: {},
      },
    },
  ]);
});

it('keeps the axes of a charge density', async () => {
  const at = ([i, j, k]: readonly [number, number, number]) => 10 + i + 2 * j * j + 3 * k;
  const shape = [2, 3, 4] as const;
  const [na, nb, nc] = shape;
  const data = Float32Array.from({ length: na * nb * nc }, (_, n) =>
    at([Math.floor(n / (nb * nc)), Math.floor(n / nc) % nb, n % nc]),
  );
  const total = Float64Array.from({ length: data.length }, (_, n) =>
    at([n % na, Math.floor(n / na) % nb, Math.floor(n / (na * nb))]),
  );
  await setOf({ id: 'a', structure, arrays: { chargeDensity: { shape, data } } });
  const { view } = densityGridModality.prepare(
    { structure, shape, channels: { total }, unit: 'electron/Å³' },
    densityGridModality.defaults,
    'by hand',
  );
  const [item] = await items();
  expect(item).toMatchObject({ record: { views: { densityGrid: view } } });
  expect(setViewOptions(['chargeDensity'])).toEqual({ densityGrid: densityGridModality.defaults });
});

it('a record with a bad spectrum is left out of the data set by name, the others stay', async () => {
  const falling = { dosEnergyEv: line(0, -1, 2), dosUp: line(0, 1, 0) };
  const notNumbers = { dosEnergyEv: line(0, 1, 2), dosUp: line(0, Number.NaN, 0) };
  const empty = { shape: [1, 1, 1], data: Float32Array.of(0) };
  await setOf(
    { id: 'good', structure },
    { id: 'falling', structure, arrays: falling },
    { id: 'none', structure, arrays: notNumbers },
    { id: 'empty', structure, arrays: { chargeDensity: empty } },
    { id: 'last', structure },
  );
  const out = join(folder, 'built');
  const { counts, refused } = await buildDataset(
    out,
    { items: setMaterials(folder) },
    { origin: { name: 'n' }, rowsPerChunk: 2 },
  );
  expect(counts.records).toBe(2);
  expect(refused.count).toBe(3);
  expect(refused.first.map(({ id, code }) => [id, code])).toEqual([
    ['falling', 'DATA_INVALID'],
    ['none', 'DATA_INVALID'],
    ['empty', 'DATA_INVALID'],
  ]);
  const ids: string[] = [];
  for await (const { id } of (await openDataset(out)).records()) ids.push(id);
  expect(ids).toEqual(['good', 'last']);
});
