export * from './chemistry/index';
export { DataError, type DataErrorCode } from './data-error';
export * from './diffraction/index';
export * from './elements/index';
export * from './formats/index';
export * from './lattice-dynamics/index';
export {
  type CrystalRecord,
  type GridView,
  type ImageView,
  type MaterialRecord,
  type MaterialViews,
  type SpectrumAxis,
  type Split,
  VIEW_FORMS,
  type ViewForm,
  type ViewName,
} from './material-record';
export * from './mechanics/index';
export * from './modalities/index';
export * from './promolecule/index';
export { decodeSafetensors, type Safetensors } from './safetensors/decode-safetensors';
export { encodeSafetensors, type NamedTensors } from './safetensors/encode-safetensors';
export type { StoredDtype, StoredTensor } from './safetensors/stored-tensor';
export * from './sources/index';
export * from './stem/index';
export * from './structure/index';
export * from './tight-binding/index';
