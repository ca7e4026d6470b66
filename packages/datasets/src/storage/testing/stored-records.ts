import { createStructure } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import { openDataset } from '../open-dataset';
import type { StoredRecord } from '../stored-record';

/** Where records of tests come from. */
export const origin = { name: 'test' };

/** Caesium chloride, the k-th a little longer along a. */
export const cubic = (k: number): Structure =>
  createStructure({
    latticeAngstrom: [4 + k * 1e-5, 0, 0, 0, 4, 0, 0, 0, 4],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: ['Cs', 'Cl'],
  });

/** Records with gaps: some without a spectrum, scalars that differ. */
export function sampleRecords(count: number): StoredRecord[] {
  return Array.from({ length: count }, (_, k) => ({
    id: `m-${k}`,
    formula: 'CsCl',
    structure: cubic(k),
    split: k % 5 === 0 ? 'test' : 'train',
    views: k % 3 === 0 ? { phononDos: new Float32Array(66).fill(k) } : {},
    scalars: k % 2 === 0 ? { 'gap.direct eV': k / 7 } : { e_form: -k },
  }));
}

/** Every record of a data set, in its order. */
export async function recordsOf(folder: string): Promise<StoredRecord[]> {
  const { records } = await openDataset(folder);
  const found: StoredRecord[] = [];
  for await (const record of records()) found.push(record);
  return found;
}
