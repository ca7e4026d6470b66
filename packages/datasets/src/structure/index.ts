export {
  type Composition,
  composition,
  densityGramPerCm3,
  reducedFormula,
  type SiteContents,
} from './composition';
export { compositionStructure } from './composition-structure';
export {
  createStructure,
  type DisorderedStructureInput,
  type OrderedStructureInput,
  type StructureInput,
} from './create-structure';
export { latticeFromParameters, latticeVolume, planeSpacings } from './lattice';
export { isOrdered, type Occupations, type SiteSpecies, siteSpecies } from './occupations';
export { type OrderOptions, orderStructure } from './order-structure';
export { pymatgenFormula } from './pymatgen-formula';
export { requireOrdered } from './require-ordered';
export type { SpeciesInput } from './site-occupations';
export type { Structure } from './structure';
export { StructureError, type StructureErrorCode } from './structure-error';
export { supercell } from './supercell';
