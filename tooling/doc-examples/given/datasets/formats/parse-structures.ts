import { writeCif } from '../../../../../packages/datasets/src/index.ts';
import { silicon } from '../../datasets.ts';

export const file: File = new File([writeCif(silicon)], 'silicon.cif');
