import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError, decodeModel, type TrainedModel } from '../checkpoint';
import { systemCode } from './output-error';
import { readRun } from './read-run';

/** File of the weights, in a checkpoint and by itself. */
export const modelFile = 'model.safetensors';

/**
 * A trained model from what there is of it: a run's folder (its `best` checkpoint, else `last`), a checkpoint folder, a folder
 * with `model.safetensors` alone, as `exportModel` writes it, or that file.
 *
 * @throws {CheckpointError} as `readCheckpoint`; `STATE` where weights stand alone and do not say their config
 *
 * @example
 * ```ts
 * const { config, model } = await readModel('models/formation-energy');
 * ```
 */
export async function readModel(path: string): Promise<TrainedModel & { readonly path: string }> {
  const file = path.endsWith('.safetensors') ? path : join(path, modelFile);
  if (path === file || (existsSync(file) && !existsSync(join(path, 'trainer-state.json')))) {
    return { ...decodeModel(await readBytes(file), file), path: file };
  }
  const { config, model, viewOptions, scores, state, folder } = await readRun(path);
  const versions = state.versions ? { versions: state.versions } : {};
  return { config, model, viewOptions, scores, step: state.step, ...versions, path: folder };
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const code = systemCode(cause);
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const message = `${file}: must be a file you may read, got ${missing ? 'none' : (code ?? String(cause))}. Check the path and its permissions.`;
    throw new CheckpointError(missing ? 'MISSING_FILE' : 'UNREADABLE', message, { cause });
  }
}
