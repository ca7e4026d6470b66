import { expect, it } from 'vitest';
import { recipeText } from './synthesis-recipe';

it('tells a recipe in one paragraph', () => {
  const step = { temperatures: [], times: [], atmospheres: [], media: [], devices: [] };
  const text = recipeText({
    id: 'solid-state-0',
    kind: 'solid-state',
    doi: '10.1000/1',
    target: 'BaTiO3',
    precursors: ['BaCO3', 'TiO2'],
    reaction: '1 BaCO3 + 1 TiO2 == 1 BaTiO3 + 1 CO2',
    steps: [
      { ...step, type: 'Mixing', word: 'mixed', media: ['ethanol'], devices: ['agate'] },
      {
        ...step,
        type: 'HeatingOperation',
        word: 'fired',
        temperatures: [{ least: 900, most: 1000, unit: 'C' }],
        times: [{ least: 12, most: 12, unit: 'hrs' }],
        atmospheres: ['air', 'air'],
      },
    ],
  });
  expect(text).toBe(
    'BaTiO3 is made in the solid state from BaCO3 and TiO2. Steps: mixed in ethanol with agate; fired at 900 to 1000 °C for 12 h in air. Reaction: 1 BaCO3 + 1 TiO2 == 1 BaTiO3 + 1 CO2.',
  );
});
