import type { DataConfig, EvaluationReport, TargetReport } from '@bravais/trainer';
import type { DirectionScores, Score } from './direction-scores';
import { modalityLabel } from './modality-label';

/** What `evaluation.json` and `--json` say about one evaluation; plain JSON. */
export interface EvaluationDocument {
  readonly split: string;
  readonly materials: number;
  readonly step: number;
  readonly seed: number;
  readonly configHash: string;
  readonly adapter: string;
  readonly directions: readonly {
    readonly query: string;
    readonly gallery: string;
    readonly label: string;
    /** Queries, and candidates for each. */
    readonly count: number;
    /** `R@1`, `R@5`, `R@10`, `MRR`, `median rank`, `mean rank`, each with chance and controls. */
    readonly scores: Readonly<Record<string, Omit<Score, 'name'>>>;
  }[];
  /** Each target with its metrics, baselines, groups and points; empty where there is none. */
  readonly targets: readonly TargetReport[];
  /** What the splits of the data have in common. */
  readonly leakage?: EvaluationReport['leakage'];
}

/** The scores of a report as plain JSON; embeddings stay out. */
export function evaluationDocument(
  report: EvaluationReport,
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
): EvaluationDocument {
  const { split, materials, step, seed, configHash, adapter, targets = [], leakage } = report;
  return {
    split,
    materials,
    step,
    seed,
    configHash,
    adapter,
    directions: directions.map(({ query, gallery, count, scores }) => ({
      query,
      gallery,
      label: `${modalityLabel(query, source)} → ${modalityLabel(gallery, source)}`,
      count,
      scores: Object.fromEntries(scores.map(({ name, ...rest }) => [name, rest])),
    })),
    targets,
    ...(leakage ? { leakage } : {}),
  };
}
