import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { stateFile } from '../checkpoint/checkpoint-files';
import { type LoadedCheckpoint, readCheckpoint } from './read-checkpoint';

/**
 * The checkpoint to use from a run's folder: `best` where the run kept one, else `last`; or the folder itself
 * where that is a checkpoint.
 *
 * @throws {CheckpointError} as `readCheckpoint`
 */
export function readRun(path: string): Promise<LoadedCheckpoint> {
  const folders = [join(path, 'best'), join(path, 'last')];
  const found = existsSync(join(path, stateFile)) ? path : folders.find((folder) => existsSync(folder));
  return readCheckpoint(found ?? path);
}
