export { compositionControl, type EmbeddedMaterials } from './composition-control';
export type { ControlName, ControlReport } from './control-report';
export { modalityScalars } from './modality-scalars';
export { scalarControl } from './scalar-control';
export { shufflePartners } from './shuffle-partners';
