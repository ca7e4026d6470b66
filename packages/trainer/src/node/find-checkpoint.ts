import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CheckpointError } from '../checkpoint/checkpoint-error';
import { stateFile } from '../checkpoint/checkpoint-files';
import { systemCode } from './output-error';
import { type LoadedCheckpoint, readFolder } from './read-checkpoint';

/** What a run that resumes finds in its output folder. */
export interface CheckpointSearch {
  /** The complete checkpoint with the most steps; `null` where there is none. */
  readonly found: LoadedCheckpoint | null;
  /** Checkpoints that cannot be read; if `found` is `null`, starting anew would bury them. */
  readonly passedOver: readonly CheckpointError[];
}

/**
 * Reads the newest complete checkpoint among the folders in `out`; of equal steps `last` wins. No folder at all is an empty search.
 *
 * @throws CheckpointError `UNREADABLE` where `out` itself cannot be listed.
 *
 * @example
 * const { found } = await findCheckpoint('runs/smoke'); // --resume auto
 */
export async function findCheckpoint(out: string): Promise<CheckpointSearch> {
  const passedOver: CheckpointError[] = [];
  let found: LoadedCheckpoint | null = null;
  for (const folder of await candidates(out)) {
    try {
      const checkpoint = await readFolder(folder);
      if (found === null || isNewer(checkpoint.state.step, folder, found)) {
        found = { ...checkpoint, folder, passedOver: null };
      }
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      passedOver.push(error);
    }
  }
  return { found, passedOver };
}

function isNewer(step: number, folder: string, found: LoadedCheckpoint): boolean {
  return step > found.state.step || (step === found.state.step && basename(folder) === 'last');
}

/** Folders that hold a state file, by name; hidden ones are half written, and nothing good comes after one that diverged. */
async function candidates(out: string): Promise<string[]> {
  const names = await foldersIn(out);
  const holds = await Promise.all(
    names.map(async (name) => (await entriesOf(join(out, name))).includes(stateFile)),
  );
  return names.filter((_, at) => holds[at]).map((name) => join(out, name));
}

async function foldersIn(out: string): Promise<string[]> {
  const entries = await entriesOf(out);
  return entries.filter((name) => !name.startsWith('.') && !/^diverged(\.|$)/.test(name)).sort();
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    const message = `${folder}: must be a folder you may list, got ${code ?? String(cause)}. Change its permissions, or choose another with --out.`;
    throw new CheckpointError('UNREADABLE', message, { cause });
  }
}
