export {
  COPPER_K_ALPHA,
  COPPER_K_ALPHA_1,
  DIFFRACTION_DEFAULTS,
  type DiffractionOptions,
  type SpectralLine,
} from './diffraction-options';
export { simulatedDiffraction } from './diffraction-pattern';
export { formFactor } from './form-factor';
export { type PowderLine, simulatedPowderLines } from './powder-lines';
