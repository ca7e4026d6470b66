export { biasReport, type GroupedScores } from './bias-report';
export type { GroupMean } from './grouped-means';
export type { Grouping } from './material-groups';
