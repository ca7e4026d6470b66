import { DIFFRACTION_DEFAULTS, type DiffractionOptions } from '../diffraction/diffraction-options';
import { simulatedDiffraction } from '../diffraction/diffraction-pattern';
import type { Structure } from '../structure/structure';
import type { Modality } from './modality';
import { spectrumAugmentations } from './spectrum-augmentations';

/**
 * X-ray powder pattern, simulated from the structure, maximum 1: `[count]` (see {@link simulatedDiffraction}).
 *
 * Every view carries the note that it is simulated.
 *
 * @example
 * ```ts
 * const { view } = diffractionModality.prepare(structure, diffractionModality.defaults, 'mp-149'); // Float32Array(800)
 * ```
 */
export const diffractionModality: Modality<Structure, DiffractionOptions> = {
  name: 'diffraction',
  defaults: DIFFRACTION_DEFAULTS,
  form: ({ count }) => ({ shape: [count], unit: '', axis: '2θ, degrees' }),
  prepare: (structure, options, where) => ({
    view: simulatedDiffraction(structure, options, where),
    mask: null,
    notes: ['simulated from the structure, not measured'],
  }),
  augmentations: spectrumAugmentations(
    ({ stepDegrees }) => ({ step: stepDegrees, toMaximum: true }),
    'degrees of 2θ',
    {
      shift: 0.1,
      broadening: 0.1,
      noise: 0.005,
      scale: 0.1,
    },
  ),
};
