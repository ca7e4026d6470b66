export {
  type SimulatedPhononOptions,
  simulatedPhononDos,
  simulatedWavenumbers,
} from './simulated-phonons';
