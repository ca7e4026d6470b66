import { expect, it } from 'vitest';
import { diffractionModality } from '../modalities/diffraction';
import { electronicDosModality } from '../modalities/electronic-dos';
import { phononDosModality } from '../modalities/phonon-dos';
import { referenceSet } from './reference-set';
import { REFERENCE_VIEW_OPTIONS } from './reference-view-options';

it('the stated options are those that the views have', () => {
  const { views, structure } = referenceSet().find(({ id }) => id === 'ref-diamond-Si')!;
  const { phononDos, electronicDos, densityGrid, diffraction, image } = REFERENCE_VIEW_OPTIONS;
  const formOf = <O>(
    modality: { defaults: O; form(options: O): { shape: readonly number[] } },
    options: object,
  ) => modality.form({ ...modality.defaults, ...options }).shape;
  expect(formOf(phononDosModality, phononDos!)).toEqual([views.phononDos.length]);
  expect(formOf(electronicDosModality, electronicDos!)).toEqual([views.electronicDos!.length]);
  expect(densityGrid!.size).toBe(views.densityGrid.size);
  expect(image).toMatchObject({ width: views.image!.width, height: views.image!.height });
  const options = { ...diffractionModality.defaults, ...diffraction };
  expect(diffractionModality.prepare(structure, options, 'Si').view).toEqual(views.diffraction);
});
