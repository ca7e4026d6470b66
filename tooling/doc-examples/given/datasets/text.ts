import {
  createTokenizer,
  type SynthesisRecipe,
  type TextTokenizer,
  trainTokenizer,
} from '../../../../packages/datasets/src/text/index.ts';
import { texts } from './README.ts';

const step = { temperatures: [], times: [], atmospheres: [], media: [], devices: [] };
export const recipe: SynthesisRecipe = {
  id: 'solid-state-0',
  kind: 'solid-state',
  doi: '10.1/x',
  target: 'LiFePO4',
  precursors: ['Li2CO3', 'FeC2O4', 'NH4H2PO4'],
  reaction: '0.5 Li2CO3 + FeC2O4 + NH4H2PO4 = LiFePO4',
  steps: [
    { ...step, type: 'MixingOperation', word: 'mixed', media: ['ethanol'] },
    {
      ...step,
      type: 'HeatingOperation',
      word: 'fired',
      temperatures: [{ least: 700, most: 700, unit: 'C' }],
      times: [{ least: 12, most: 12, unit: 'h' }],
      atmospheres: ['argon'],
    },
  ],
};
export const recipes: readonly SynthesisRecipe[] = [recipe];
export const tokenizer: TextTokenizer = createTokenizer(trainTokenizer(texts, { vocabularySize: 400 }));
