export type { Repeats } from './best-seconds';
export { measureBandwidth, type OpBandwidth } from './measure-bandwidth';
export { type LayoutSpeed, measureLayouts, type ProductLayout } from './measure-layouts';
export { measureProduct, type ProductSpeed } from './measure-product';
export { type CopyWay, type DeviceRoofs, keepBusy, measureRoofs } from './measure-roofs';
export { measureSubgroupMatrix, type SubgroupMatrixSpeed } from './measure-subgroup-matrix';
export { type TuneOptions, tuneMatmul } from './tune-matmul';
