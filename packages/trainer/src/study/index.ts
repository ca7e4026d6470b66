export { parseStudy } from './parse-study';
export type { StudyArm, StudyConfig } from './study-config';
