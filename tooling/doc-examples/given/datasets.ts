import { createStructure, type Structure } from '../../../packages/datasets/src/index.ts';
import { HttpClient } from '../../../packages/datasets/src/node.ts';
import { type ReferenceRecord, referenceSet } from '../../../packages/datasets/src/reference/index.ts';

/** Every twentieth. */
export const records: readonly ReferenceRecord[] = referenceSet().filter((_, index) => index % 20 === 0);
const referenceStructure = (id: string): Structure =>
  referenceSet().find((record) => record.id === id)!.structure;
export const silicon: Structure = referenceStructure('ref-diamond-Si');
export const sodiumChloride: Structure = referenceStructure('ref-rock-salt-NaCl');
export const rutile: Structure = referenceStructure('ref-rutile-TiO2');
export const alloy: Structure = createStructure({
  latticeAngstrom: [3.6, 0, 0, 0, 3.6, 0, 0, 0, 3.6],
  fracCoords: [0, 0, 0],
  species: [
    [
      { element: 'Cu', occupancy: 0.75 },
      { element: 'Au', occupancy: 0.25 },
    ],
  ],
});
export const structure: Structure = referenceStructure('ref-diamond-Ge');
export const structures: readonly Structure[] = [silicon, rutile];
/** 160 × 120, darker to the left. */
export const image = {
  width: 160,
  height: 120,
  values: Float32Array.from({ length: 160 * 120 }, (_, at) => (at % 160) / 160),
};
export const bytes: Uint8Array = new Uint8Array();
export const client: HttpClient = new HttpClient();
export const [i, j, k] = [1, 2, 3];
