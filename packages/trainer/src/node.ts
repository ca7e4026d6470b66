export { type EvaluateOptions, evaluate } from './node/evaluate';
export { exportModel } from './node/export-model';
export * from './node/graphs/index';
export * from './node/index';
export { loadModel } from './node/load-model';
export { loadRecords } from './node/load-records';
export { type PretrainOptions, type PretrainSummary, pretrain } from './node/pretrain';
export { readModel } from './node/read-model';
export { readRun } from './node/read-run';
