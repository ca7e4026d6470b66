export { type Composition, composition, densityGramPerCm3, reducedFormula } from './composition';
export { createStructure, type StructureInput } from './create-structure';
export { latticeFromParameters, latticeVolume, planeSpacings } from './lattice';
export type { Structure } from './structure';
export { StructureError, type StructureErrorCode } from './structure-error';
export { supercell } from './supercell';
