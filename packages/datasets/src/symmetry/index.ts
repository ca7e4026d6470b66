export {
  type CrystalSymmetry,
  findSymmetry,
  initSymmetry,
  type SymmetryOptions,
} from './find-symmetry';
export type { SymmetryModule } from './load-moyo';
export { SymmetryError, type SymmetryErrorCode } from './symmetry-error';
