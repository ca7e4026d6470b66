export type { Crystal } from './crystal';
export { GraphError, type GraphErrorCode } from './graph-error';
export { type NearestNeighborsOptions, nearestNeighbors } from './nearest-neighbors';
export type { NeighborList } from './neighbor-list';
export { type NeighborsWithinOptions, neighborsWithin } from './neighbors-within';
export type { SiteOccupations } from './site-occupations';
