import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointFiles } from '../checkpoint';
import { outputError } from './output-error';
import { writeCheckpoint } from './write-checkpoint';

const OF_STEP = /^step-\d{10}$/;

/**
 * Writes the checkpoint of a step as `step-<ten digits>` and removes all but the `keep` newest of these.
 *
 * @throws OutputError as {@link writeCheckpoint}
 */
export async function retainCheckpoint(
  out: string,
  step: number,
  files: CheckpointFiles,
  keep: number,
): Promise<void> {
  await writeCheckpoint(out, `step-${String(step).padStart(10, '0')}`, files);
  try {
    const kept = (await readdir(out)).filter((name) => OF_STEP.test(name)).sort();
    for (const name of kept.slice(0, -keep)) await rm(join(out, name), { recursive: true, force: true });
  } catch (cause) {
    throw outputError(out, cause);
  }
}
