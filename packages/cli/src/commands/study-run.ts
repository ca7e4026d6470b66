import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Device } from '@bravais/tensor-core';
import { configHash, type ExperimentConfig } from '@bravais/trainer';
import type { EvaluationDocument } from '../evaluation/evaluation-document';
import { writeResult } from '../files/write-result';
import { scoreRun } from './score-run';
import type { Session } from './session';
import { trainRun } from './train-run';

/** One run of one arm. */
export interface ArmRun {
  readonly config: ExperimentConfig;
  /** Folder of the run. */
  readonly folder: string;
  readonly split: 'val' | 'test';
  readonly measured: boolean;
}

/** Where a study computes and what it reads. */
export interface StudyPlace {
  readonly device: Device;
  readonly dataRoot: string | undefined;
  readonly cacheFolder: string | null;
}

/**
 * Trains a run to its end, going on where one was stopped, and evaluates it; an evaluation that is there already is taken.
 *
 * @returns `null` for a run that is not measured, `'interrupted'` where Ctrl-C came
 */
export async function runOfStudy(
  session: Session,
  { config, folder, split, measured }: ArmRun,
  { device, dataRoot, cacheFolder }: StudyPlace,
): Promise<EvaluationDocument | null | 'interrupted'> {
  const file = join(folder, `evaluation-${split}.json`);
  const hash = await configHash(config);
  const there = measured ? await readEvaluation(file) : null;
  if (there?.configHash === hash) return there;
  const { summary } = await trainRun(session, {
    config,
    outDir: folder,
    resume: 'auto',
    overwrite: false,
    device,
    dataRoot,
    cacheFolder,
  });
  if (summary.status === 'interrupted') return 'interrupted';
  if (!measured) return null;
  const { document } = await scoreRun(session, {
    run: folder,
    split,
    device,
    dataRoot,
    cacheFolder,
    overrides: [],
    seed: undefined,
    source: config.data.source,
    shuffledPairs: false,
  });
  await writeResult(file, `${JSON.stringify(document, null, 2)}\n`);
  return document;
}

/** `null` where there is none that can be used; it is then measured anew. */
async function readEvaluation(file: string): Promise<EvaluationDocument | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as EvaluationDocument;
  } catch {
    return null;
  }
}
