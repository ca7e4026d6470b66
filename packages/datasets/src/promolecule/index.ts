export { type PromoleculeOptions, promoleculeDensity } from './promolecule-density';
export { PromoleculeError, type PromoleculeErrorCode } from './promolecule-error';
export { type SlaterShell, slaterAtom, slaterFormFactor } from './slater-atom';
