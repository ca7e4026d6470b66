import { key as keyOf } from '../../../../../packages/tensor-core/src/random/index.ts';
import { sample } from '../../../sample.ts';
import { parameters as all, crystalsOf4096 } from '../cached.ts';

export const parameters = all.tree.structure;
export const crystals = crystalsOf4096[0]!;
export const key = keyOf(8);
export const slopes = sample([2, 4]);
