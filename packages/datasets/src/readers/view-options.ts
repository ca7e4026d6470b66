import { electronicDosModality } from '../modalities/electronic-dos';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import type { ViewOptions } from '../modalities/view-options';

/** What is known of how the spectra of the JARVIS phonon set were made: their bins; the broadening is not. */
export const JARVIS_VIEW_OPTIONS: ViewOptions = { phononDos: { ...PHONON_DOS_BINS, per: 'max' } };

/** How the views of the MultiMat sample are made from its files. */
export const MULTIMAT_VIEW_OPTIONS: ViewOptions = {
  electronicDos: electronicDosModality.defaults,
  densityGrid: { electrons: 'removed', logReference: 1 },
};
