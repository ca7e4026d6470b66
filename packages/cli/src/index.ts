export type { DeviceBench } from './bench/device-bench';
export { measureTraining, type TrainingSpeed } from './bench/training-speed';
export type { ExitCode } from './errors/describe-failure';
export type { OutputStream } from './output/output';
export type { ProfileRequest, TrainingProfile } from './profile/profile-training';
export * from './report';
export { type CliContext, runCli } from './run-cli';
export { realServices } from './services/real-services';
export type { DeviceChoice, Services, SplitCounts } from './services/services';
