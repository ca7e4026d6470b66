/**
 * Bin i of every phonon density of states is the wavenumber −300 + 20 i cm⁻¹, i = 0..65.
 *
 * Negative wavenumbers stand for imaginary modes; bin 15 is zero; the grid ends at 1000 cm⁻¹, so the top of
 * diamond (1332 cm⁻¹) and of hydrides is cut off. It is the grid of the JARVIS phonon set, which makes the
 * two comparable.
 */
export const PHONON_DOS_BINS: {
  readonly count: 66;
  readonly firstPerCm: -300;
  readonly stepPerCm: 20;
} = { count: 66, firstPerCm: -300, stepPerCm: 20 };
