import { createHash } from 'node:crypto';
import type {
  DataConfig,
  EnsembleTarget,
  EvaluationReport,
  GroupedScores,
  PairReport,
  RetrievalScores,
  TargetReport,
} from '@bravais/trainer';
import type { DirectionScores, Score } from './direction-scores';
import { ensembleDirections } from './ensemble-rows';
import { modalityLabel } from './modality-label';
import { encodeRanks } from './rank-text';

/** Retrieval from one modality into another; plain JSON. */
export interface DirectionDocument {
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
}

/** An ensemble beside its members; plain JSON. */
export interface EnsembleDocument {
  readonly members: readonly {
    readonly path: string;
    readonly seed: number;
    readonly step: number;
    readonly directions: readonly {
      readonly query: string;
      readonly gallery: string;
      readonly scores: RetrievalScores;
    }[];
  }[];
  /** By the mean of the members' cosines. */
  readonly directions: readonly DirectionDocument[];
  readonly targets: readonly EnsembleTarget[];
}

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
  readonly directions: readonly DirectionDocument[];
  /** Each target with its metrics, baselines, groups and points; empty where there is none. */
  readonly targets: readonly TargetReport[];
  /** Scores by group of materials, where they were asked for. */
  readonly groups?: readonly GroupedScores[];
  /** Of several seeds; the rest is that of the first. */
  readonly ensemble?: EnsembleDocument;
  /** What the splits of the data have in common. */
  readonly leakage?: EvaluationReport['leakage'];
}

/**
 * The scores of a report as plain JSON; embeddings stay out.
 *
 * @param key of the bootstrap of an ensemble
 */
export function evaluationDocument(
  report: EvaluationReport,
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
  key: number = report.seed,
): EvaluationDocument {
  const { split, materials, step, seed, configHash, adapter, targets = [], leakage, groups } = report;
  return {
    split,
    materials,
    pool: createHash('sha256').update(JSON.stringify(report.embeddings.ids)).digest('hex'),
    step,
    seed,
    configHash,
    adapter,
    directions: directionDocuments(report.pairs, directions, source),
    targets,
    ...(groups ? { groups } : {}),
    ...(report.ensemble ? { ensemble: ensembleDocument(report.ensemble, source, key) } : {}),
    ...(leakage ? { leakage } : {}),
  };
}

function ensembleDocument(
  ensemble: NonNullable<EvaluationReport['ensemble']>,
  source: DataConfig['source'],
  key: number,
): EnsembleDocument {
  return {
    members: ensemble.members.map(({ pairs, ...rest }) => ({
      ...rest,
      directions: pairs.flatMap(({ query, gallery, scores }) => (scores ? [{ query, gallery, scores }] : [])),
    })),
    directions: directionDocuments(ensemble.pairs, ensembleDirections(ensemble, key), source),
    targets: ensemble.targets,
  };
}

function directionDocuments(
  pairs: readonly PairReport[],
  directions: readonly DirectionScores[],
  source: DataConfig['source'],
): DirectionDocument[] {
  return directions.map(({ query, gallery, count, variantCounts, scores }) => ({
    query,
    gallery,
    label: `${modalityLabel(query, source)} → ${modalityLabel(gallery, source)}`,
    count,
    variantCounts,
    ranks: encodeRanks(pairs.find((pair) => pair.query === query && pair.gallery === gallery)!.ranks),
    scores: Object.fromEntries(scores.map(({ name, ...rest }) => [name, rest])),
  }));
}
