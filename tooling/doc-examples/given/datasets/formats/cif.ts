import { createStructure, writeCif } from '../../../../../packages/datasets/src/index.ts';

/** High cristobalite. */
const cristobalite = createStructure({
  latticeAngstrom: [0, 3.58, 3.58, 3.58, 0, 3.58, 3.58, 3.58, 0],
  fracCoords: [[0, 0, 0], [0.25, 0.25, 0.25], [0.125, 0.125, 0.125], [0.125, 0.125, 0.625], [0.125, 0.625, 0.125], [0.625, 0.125, 0.125]].flat(), // biome-ignore format: sites
  atomicNumbers: ['Si', 'Si', 'O', 'O', 'O', 'O'],
});
export const text: string = writeCif(cristobalite);
