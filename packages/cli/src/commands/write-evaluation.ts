import { join } from 'node:path';
import type { EvaluationReport, ExperimentConfig } from '@bravais/trainer';
import type { EvaluationDocument } from '../evaluation/evaluation-document';
import { writeResult } from '../files/write-result';
import type { Session } from './session';

/** Files beside each other in the output folder. */
export interface EvaluationFiles {
  readonly report: string;
  readonly embeddingMap: string;
  readonly evaluation: string;
}

/** What {@link writeEvaluation} writes down. */
export interface EvaluationResults {
  readonly title: string;
  readonly config: ExperimentConfig;
  readonly evaluation: EvaluationReport;
  readonly document: EvaluationDocument;
  /** Run whose `metrics.jsonl` gives the curves. */
  readonly run: string;
  /** Key of the bootstrap and of the map. */
  readonly seed: number;
}

/** Writes `evaluation.json`, `embedding-map.svg` and `report.html` into a folder. */
export async function writeEvaluation(
  { services, output }: Session,
  folder: string,
  { document, run, ...results }: EvaluationResults,
): Promise<EvaluationFiles> {
  const { projectEmbeddings, renderEmbeddingMap, renderReport } = await import('../report');
  const files = {
    report: join(folder, 'report.html'),
    embeddingMap: join(folder, 'embedding-map.svg'),
    evaluation: join(folder, 'evaluation.json'),
  };
  output.talk('drawing the report');
  const map = projectEmbeddings(results.evaluation.embeddings, results.seed);
  const [metrics, history] = await Promise.all([services.readMetrics(run), services.readHistory(run)]);
  const input = { ...results, map, metrics, history };
  await writeResult(files.evaluation, `${JSON.stringify(document, null, 2)}\n`);
  await writeResult(files.embeddingMap, await renderEmbeddingMap(input));
  await writeResult(files.report, await renderReport(input));
  return files;
}
