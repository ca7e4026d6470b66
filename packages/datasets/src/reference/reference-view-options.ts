import { DIFFRACTION_DEFAULTS } from '../diffraction/index';
import { SIMULATED_PHONON_OPTIONS } from '../lattice-dynamics/index';
import { electronicDosModality } from '../modalities/electronic-dos';
import type { ViewOptions } from '../modalities/view-options';

/** How the views of the reference set are made. */
export const REFERENCE_VIEW_OPTIONS: ViewOptions = {
  phononDos: SIMULATED_PHONON_OPTIONS,
  electronicDos: electronicDosModality.defaults,
  densityGrid: { size: 16, electrons: 'removed', logReference: 1 },
  diffraction: { ...DIFFRACTION_DEFAULTS },
  image: { width: 64, height: 64, fit: 'stretch', contrast: 'none' },
};
