export {
  SIMULATED_PHONON_OPTIONS,
  type SimulatedPhononOptions,
  simulatedPhononDos,
  simulatedWavenumbers,
} from './simulated-phonons';
