export { type EinsteinSpectrumOptions, einsteinSpectrum } from './einstein-spectrum';
export {
  SIMULATED_PHONON_OPTIONS,
  type SimulatedPhononOptions,
  simulatedPhononDos,
  simulatedWavenumbers,
} from './simulated-phonons';
