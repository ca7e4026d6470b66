import type { EvaluationReport, ExperimentConfig, MetricRecord } from '@bravais/trainer';
import type { RunHistory } from '@bravais/trainer/node';
import type { EmbeddingMap } from './project-embeddings';

/** What a report is made from. */
export interface ReportInput {
  readonly title: string;
  readonly config: ExperimentConfig;
  readonly evaluation: EvaluationReport;
  /** Lines of `metrics.jsonl`; may be empty. */
  readonly metrics: readonly MetricRecord[];
  /** How the run went, by `readHistory`; left out or `null` where nothing is known. */
  readonly history?: RunHistory | null;
  /** Of the same evaluation, by `projectEmbeddings`; `null` where there is too little to draw. */
  readonly map: EmbeddingMap | null;
  /** Key of the bootstrap intervals. */
  readonly seed: number;
}
