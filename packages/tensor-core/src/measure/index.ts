export type { Repeats } from './best-seconds';
export { measureProduct, type ProductSpeed } from './measure-product';
export { type CopyWay, type DeviceRoofs, measureRoofs } from './measure-roofs';
export { tuneMatmul } from './tune-matmul';
