export { ensureWritable } from './ensure-writable';
export { type CheckpointSearch, findCheckpoint } from './find-checkpoint';
export { OutputError, type OutputErrorCode } from './output-error';
export { type LoadedCheckpoint, readCheckpoint } from './read-checkpoint';
export { readConfig } from './read-config';
export { type RunHistory, readHistory } from './read-history';
export { RunLog, type RunLogOptions } from './run-log';
export { writeCheckpoint } from './write-checkpoint';
