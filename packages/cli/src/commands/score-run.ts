import type { Device } from '@bravais/tensor-core';
import type { EvaluationReport } from '@bravais/trainer';
import type { EvaluateOptions } from '@bravais/trainer/node';
import type { EvaluationDocument } from '../evaluation/evaluation-document';
import { graphProgress } from '../output/graph-progress';
import type { DataSource } from '../services/services';
import type { Session } from './session';
import { untilAborted } from './until-aborted';

/** Which run to measure, and how. */
export interface ScoreRequest {
  readonly run: string;
  readonly split: EvaluateOptions['split'];
  readonly device: Device;
  readonly dataRoot: string | undefined;
  /** Folder that keeps the graphs of the data; `null`: none. */
  readonly cacheFolder: string | null;
  /** Changes to the data section of the run's config. */
  readonly overrides: readonly string[];
  /** Key of the bootstrap; the run's seed where undefined. */
  readonly seed: number | undefined;
  readonly source: DataSource;
  /** Trains the experiment once more, on shuffled pairs. */
  readonly shuffledPairs: boolean;
  /** Other seeds of the same experiment. */
  readonly members?: EvaluateOptions['members'];
  /** Level of conformal intervals. */
  readonly conformal?: EvaluateOptions['conformal'];
  /** Groups of materials. */
  readonly by?: EvaluateOptions['by'];
}

/** An evaluation as numbers, as JSON and as tables. */
export interface ScoredRun {
  readonly evaluation: EvaluationReport;
  readonly document: EvaluationDocument;
  readonly text: string;
  readonly seed: number;
}

/** Evaluates a run and puts the scores into words. */
export async function scoreRun(
  { services, output, signal, nowMs }: Session,
  request: ScoreRequest,
): Promise<ScoredRun> {
  const { run, split, device, dataRoot, cacheFolder, overrides, source, shuffledPairs } = request;
  const { members, conformal, by } = request;
  const { onProgress, onNote, stop } = graphProgress(output, nowMs);
  const evaluation = await untilAborted(
    signal,
    services.evaluate({
      checkpoint: run,
      split,
      device,
      overrides,
      shuffledPairs,
      ...(members ? { members } : {}),
      ...(conformal === undefined ? {} : { conformal }),
      ...(by ? { by } : {}),
      ...(request.seed === undefined ? {} : { bootstrapSeed: request.seed }),
      graphs: { cacheFolder, onProgress, onNote, signal },
      ...(dataRoot === undefined ? {} : { dataRoot }),
    }),
  ).finally(stop);
  const { directionScores } = await import('../evaluation/direction-scores');
  const { ensembleTables } = await import('../evaluation/ensemble-table');
  const { groupsTables } = await import('../evaluation/groups-table');
  const { evaluationDocument } = await import('../evaluation/evaluation-document');
  const { retrievalTables } = await import('../evaluation/retrieval-table');
  const { targetTables } = await import('../evaluation/target-table');
  const { leakageText } = await import('@bravais/datasets/splits');
  const seed = request.seed ?? evaluation.seed;
  const directions = directionScores(evaluation.pairs, seed, evaluation.controls, evaluation.variants);
  const heading = `${evaluation.materials} ${split} materials, step ${evaluation.step}, seed ${evaluation.seed}, ${evaluation.adapter}`;
  return {
    evaluation,
    document: evaluationDocument(evaluation, directions, source, seed),
    text: [
      heading,
      ...(evaluation.leakage ? [leakageText(evaluation.leakage)] : []),
      ...(directions.length > 0 ? [retrievalTables(directions, source, output)] : []),
      ...(evaluation.targets?.length ? [targetTables(evaluation.targets, output)] : []),
      ...(evaluation.ensemble ? [ensembleTables(evaluation.ensemble, source, seed, output)] : []),
      ...(evaluation.groups ? [groupsTables(evaluation.groups, source, output)] : []),
    ].join('\n\n'),
    seed,
  };
}
