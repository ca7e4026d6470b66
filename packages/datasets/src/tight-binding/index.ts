export { bandEnergies } from './band-energies';
export {
  type SimulatedElectronicOptions,
  type SimulatedElectronicStructure,
  simulatedElectronicDos,
  simulatedElectronicStructure,
} from './simulated-electronic-dos';
export { coversElements } from './term-values';
export { TightBindingError, type TightBindingErrorCode } from './tight-binding-error';
