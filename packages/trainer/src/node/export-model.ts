import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type CheckpointFiles, encodeModel, modelCard, type TrainedModel } from '../checkpoint';
import { ensureWritable } from './ensure-writable';
import { OutputError, outputError } from './output-error';
import { modelFile, readModel } from './read-model';
import { writeCheckpoint } from './write-checkpoint';

const cardFile = 'README.md';

/**
 * Writes a trained model by itself into a folder: `model.safetensors`, which holds its config, and `README.md`, the model card with
 * the licences of the data. An exported model that is there is replaced, once the new one is whole; any other folder is left alone.
 *
 * @param run whatever `readModel` takes
 * @param change makes what is written of what was read; nothing where left out
 * @returns the folder, and the size of the weights
 * @throws {CheckpointError} where the model cannot be read
 * @throws {OutputError} where the folder cannot be written; `OCCUPIED` where it holds other files
 *
 * @example
 * ```ts no-run
 * await exportModel('runs/b2-e-form', 'models/formation-energy');
 * ```
 */
export async function exportModel(
  run: string,
  folder: string,
  change: (model: TrainedModel) => TrainedModel | Promise<TrainedModel> = (model) => model,
): Promise<{ readonly folder: string; readonly bytes: number }> {
  const model = await change(await readModel(run));
  const weights = await encodeModel(model);
  const files: CheckpointFiles = new Map([
    [modelFile, weights],
    [cardFile, new TextEncoder().encode(modelCard(model, 'model'))],
  ]);
  const absolute = resolve(folder);
  await refuseOtherFiles(absolute, [...files.keys()]);
  await ensureWritable(dirname(absolute));
  const written = await writeCheckpoint(dirname(absolute), basename(absolute), files);
  return { folder: written, bytes: weights.length };
}

async function refuseOtherFiles(folder: string, own: readonly string[]): Promise<void> {
  if (!existsSync(folder)) return;
  const there = await readdir(folder).catch((cause: unknown) => {
    throw outputError(folder, cause);
  });
  const other = there.find((name) => !own.includes(name));
  if (other === undefined) return;
  const message = `${folder}: a new folder, or one with ${own.join(' and ')} alone, expected, got one that holds ${other}. Choose another with --out.`;
  throw new OutputError('OCCUPIED', folder, message);
}
