export { EnsembleError, type EnsembleErrorCode } from './ensemble-error';
export { ensemblePredictor } from './ensemble-predictor';
export type {
  ClassificationEnsemble,
  EnsembleMemberReport,
  EnsembleReport,
  EnsembleTarget,
  RegressionEnsemble,
} from './ensemble-report';
export { type Member, requireMembers } from './require-members';
