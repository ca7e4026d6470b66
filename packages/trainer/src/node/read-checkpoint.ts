import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError } from '../checkpoint/checkpoint-error';
import { type Checkpoint, decodeCheckpoint, loadedFiles, stateFile } from '../checkpoint/checkpoint-files';
import { systemCode } from './output-error';
import { previousFolder } from './write-checkpoint';

/** A checkpoint and where it came from. */
export interface LoadedCheckpoint extends Checkpoint {
  /** The folder that was read: the one asked for, or its `.previous`. */
  readonly folder: string;
  /** Why the folder asked for was not read; `null` where it was. */
  readonly passedOver: CheckpointError | null;
}

/**
 * Reads a checkpoint folder, checked to the last byte; where it cannot be read, `<folder>.previous` if a stop left one.
 *
 * @throws CheckpointError about the folder asked for, if neither can be read.
 *
 * @example
 * const { config, model, folder } = await readCheckpoint('runs/smoke/last');
 */
export async function readCheckpoint(folder: string): Promise<LoadedCheckpoint> {
  try {
    return { ...(await readFolder(folder)), folder, passedOver: null };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    const previous = previousFolder(folder);
    const older = await readFolder(previous).catch((reason: unknown) => {
      if (reason instanceof CheckpointError) throw error;
      throw reason;
    });
    return { ...older, folder: previous, passedOver: error };
  }
}

/** Reads exactly this folder. */
export async function readFolder(folder: string): Promise<Checkpoint> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of [stateFile, ...loadedFiles]) {
    const bytes = await readIfThere(join(folder, name));
    if (bytes) files.set(name, bytes);
  }
  if (files.size === 0) {
    const message = `${folder}: must be a checkpoint folder, got none of its files. Check the path; a run keeps "last" and "best" in its output folder.`;
    throw new CheckpointError('MISSING_FILE', message);
  }
  return decodeCheckpoint(files, folder);
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const message = `${path}: must be a file you may read, got ${code ?? String(cause)}. Change its permissions, or copy the checkpoint again.`;
    throw new CheckpointError('UNREADABLE', message, { cause });
  }
}
