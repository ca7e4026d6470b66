import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CheckpointError, type Divergence, type SoftwareVersions } from '../checkpoint';
import { stateFile } from '../checkpoint/checkpoint-files';
import { decodeDivergence, diagnosisFile } from '../checkpoint/divergence';
import { decodeConfig } from '../checkpoint/model-file';
import { describeEnding } from '../checkpoint/run-ending';
import { decodeTrainerState, type TrainerState } from '../checkpoint/trainer-state';
import type { ExperimentConfig } from '../config';
import { systemCode } from './output-error';

/** How a run went, as far as its folder tells. */
export interface RunHistory {
  /** How it ended, and why, in words. */
  readonly ending: string;
  /** What its latest checkpoint was written with. */
  readonly versions?: SoftwareVersions;
  /** Where its numbers stopped being finite, now or in an earlier try of the same config. */
  readonly divergence?: Divergence;
}

/**
 * How a run went: of a run's folder, or of a checkpoint in it; `null` for a model by itself. Weights are not read.
 *
 * @throws {CheckpointError} where a file of it cannot be read
 */
export async function readHistory(path: string): Promise<RunHistory | null> {
  const run = existsSync(join(path, stateFile)) ? dirname(path) : path;
  const folders = ['last', 'best'].map((name) => join(run, name));
  const folder = [...folders, path].find((each) => existsSync(join(each, stateFile)));
  const diverged = await readProgress(join(run, 'diverged'));
  const latest = (folder === undefined ? null : await readProgress(folder)) ?? diverged;
  if (!latest) return null;
  const { config, state } = latest;
  const divergence = diverged?.state.configHash === state.configHash ? diverged.divergence : undefined;
  // A later try may have gone past the step that failed.
  const current = divergence && state.step < divergence.step ? divergence : undefined;
  return {
    ending: describeEnding(config, state, current),
    ...(state.versions ? { versions: state.versions } : {}),
    ...(divergence ? { divergence } : {}),
  };
}

interface Progress {
  readonly config: ExperimentConfig;
  readonly state: TrainerState;
  readonly divergence?: Divergence;
}

async function readProgress(folder: string): Promise<Progress | null> {
  const [stateAt, configAt, diagnosisAt] = [stateFile, 'config.json', diagnosisFile].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  if (!existsSync(stateAt)) return null;
  const diagnosis = existsSync(diagnosisAt) ? await readText(diagnosisAt) : undefined;
  return {
    config: decodeConfig(await readText(configAt), configAt),
    state: decodeTrainerState(await readText(stateAt), stateAt),
    ...(diagnosis === undefined ? {} : { divergence: decodeDivergence(diagnosis, diagnosisAt) }),
  };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    const message = `${file}: must be a file you may read, got ${code ?? String(cause)}. Change its permissions, or copy the run again.`;
    throw new CheckpointError(code === 'ENOENT' ? 'MISSING_FILE' : 'UNREADABLE', message, { cause });
  }
}
