import { createStructure, type Structure } from '../../../../packages/datasets/src/index.ts';
import { describeStructure } from '../../../../packages/datasets/src/text/index.ts';
import { records } from '../datasets.ts';

export const cesiumChloride: Structure = createStructure({
  latticeAngstrom: [4.123, 0, 0, 0, 4.123, 0, 0, 0, 4.123],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Cs', 'Cl'],
});
export const texts: readonly string[] = records.map(({ structure }) => describeStructure(structure));
