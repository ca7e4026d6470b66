export type { ExitCode } from './errors/describe-failure';
export type { OutputStream } from './output/output';
export * from './report';
export { type CliContext, runCli } from './run-cli';
export { realServices } from './services/real-services';
export type { DeviceChoice, DeviceSpeed, Services, SplitCounts } from './services/services';
