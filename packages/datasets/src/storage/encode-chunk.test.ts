import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { electronicDosModality } from '../modalities/electronic-dos';
import { encodeChunk } from './encode-chunk';
import type { StoredRecord } from './stored-record';

const record = (id: string, views: StoredRecord['views'] = {}): StoredRecord => ({
  ...{ id, formula: 'Si', split: 'train', scalars: {} },
  views,
});
const energiesEv = Array.from({ length: 81 }, (_, i) => -8 + 0.2 * i);
const densities = energiesEv.map((energy) => Math.exp(-energy * energy));
const SPECTRA: Readonly<Record<string, readonly [number[], number[]]>> = {
  good: [energiesEv, densities],
  falling: [[...energiesEv].reverse(), densities],
  notANumber: [energiesEv, densities.with(7, Number.NaN)],
  negative: [energiesEv, densities.map((density) => -density)],
  empty: [[], []],
  also: [energiesEv, densities],
};

it('counts a malformed density of states by name and keeps the good ones', async () => {
  const withDos = (given: StoredRecord): StoredRecord => {
    const [energies, total] = SPECTRA[given.id]!;
    const dos = {
      energiesEv: Float64Array.from(energies),
      fermiEv: 0,
      total: [Float64Array.from(total)],
    };
    const { view } = electronicDosModality.prepare({ dos }, electronicDosModality.defaults, given.id);
    return { ...given, views: { electronicDos: view } };
  };
  const records = Object.keys(SPECTRA).map((id) => record(id));
  const { ids, refused, views } = await encodeChunk({ records, refused: [] }, [withDos]);
  expect(ids).toEqual(['good', 'also']);
  expect(views.electronicDos?.count).toBe(2);
  expect(refused.map(({ id, code }) => [id, code])).toEqual(
    ['falling', 'notANumber', 'negative', 'empty'].map((id) => [id, 'DATA_INVALID']),
  );
  expect(refused[0]!.message).toContain('increasing positions expected');
  expect(refused[1]!.message).toContain('finite numbers expected, got -6.6 with NaN in sample 7');
});

test.prop(
  [
    fc.array(fc.constantFrom(0, 1.5, Number.NaN, Number.POSITIVE_INFINITY), { minLength: 3, maxLength: 3 }),
    fc.boolean(),
  ],
  { numRuns: 40 },
)('a view is kept just where all its numbers are finite', async (values, inParts) => {
  const numbers = Float32Array.from(values);
  const views = inParts
    ? { image: { width: 3, height: 1, values: numbers } }
    : { diffraction: numbers, description: 'kept' };
  const { ids, refused } = await encodeChunk({ records: [record('a'), record('b', views)], refused: [] }, []);
  const fine = values.every(Number.isFinite);
  expect(ids).toEqual(fine ? ['a', 'b'] : ['a']);
  expect(refused.map(({ id, message }) => [id, message.includes('record b, view ')])).toEqual(
    fine ? [] : [['b', true]],
  );
});
