import { createHash } from 'node:crypto';
import type { DataConfig, EvaluationReport, TargetReport } from '@bravais/trainer';
import type { DirectionScores, Score } from './direction-scores';
import { modalityLabel } from './modality-label';
import { encodeRanks } from './rank-text';

/** What `evaluation.json` and `--json` say about one evaluation; plain JSON. */
export interface EvaluationDocument {
  readonly split: string;
  readonly materials: number;
  /** SHA-256 of the ids of the materials in their order: equal for evaluations that can be compared query by query. */
  readonly pool: string;
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
    /** Queries in each other way of ranking. */
    readonly variantCounts: DirectionScores['variantCounts'];
    /** `R@1`, `R@5`, `R@10`, `R@25`, `MRR`, `median rank`, `mean rank`, each with interval, chance, controls and other ways of ranking. */
    readonly scores: Readonly<Record<string, Omit<Score, 'name'>>>;
    /** What {@link encodeRanks} wrote. */
    readonly ranks: string;
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
    pool: createHash('sha256').update(JSON.stringify(report.embeddings.ids)).digest('hex'),
    step,
    seed,
    configHash,
    adapter,
    directions: directions.map(({ query, gallery, count, variantCounts, scores }) => ({
      query,
      gallery,
      label: `${modalityLabel(query, source)} → ${modalityLabel(gallery, source)}`,
      count,
      variantCounts,
      ranks: encodeRanks(
        report.pairs.find((pair) => pair.query === query && pair.gallery === gallery)!.ranks,
      ),
      scores: Object.fromEntries(scores.map(({ name, ...rest }) => [name, rest])),
    })),
    targets,
    ...(leakage ? { leakage } : {}),
  };
}
