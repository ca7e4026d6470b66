import { createSplit, type DataSplit } from '../../../../../packages/datasets/src/splits/index.ts';
import { records } from '../../datasets.ts';

export const split: DataSplit = await createSplit(records, { kind: 'formula', seed: 1 });
