export type { GraphOrError } from './graph-or-error';
export { GraphPreparationError, type GraphPreparationErrorCode } from './graph-preparation-error';
export { type GraphProgress, type PrepareGraphsOptions, prepareGraphs } from './prepare-graphs';
export { prepareRecords, prepareStructures } from './prepare-records';
