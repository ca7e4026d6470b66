import type { LeakageReport } from '@bravais/datasets/splits';
import type { ControlReport } from '../controls';
import type { EnsembleReport } from '../ensemble';
import type { GroupedScores } from '../groups';
import type { PairReport, VariantReport } from '../retrieval';
import type { TargetReport } from '../targets/target-report';

/** Embeddings of one split, row by row the same materials in every modality. */
export interface EmbeddingTable {
  readonly ids: readonly string[];
  readonly formulas: readonly string[];
  /** Length of each embedding. */
  readonly dim: number;
  /** Row-major `[materials, dim]` per modality; zeros where a material does not have it. */
  readonly byModality: Readonly<Record<string, Float32Array>>;
}

/** Retrieval and predictions of one split with one checkpoint. */
export interface EvaluationReport {
  readonly split: 'train' | 'val' | 'test';
  /** Size of the pool: every material of the split. */
  readonly materials: number;
  /** Step of the checkpoint; 0 where a model by itself does not say it. */
  readonly step: number;
  readonly seed: number;
  readonly configHash: string;
  readonly adapter: string;
  /** Every ordered pair of modalities, with the scores chance would reach; none where the experiment aligns nothing. */
  readonly pairs: readonly PairReport[];
  /** The same embeddings ranked in other ways that a reader should know of; absent where the experiment aligns nothing. */
  readonly variants?: readonly VariantReport[];
  /** What is reached without what the model is there for, over the same materials. */
  readonly controls: readonly ControlReport[];
  /** Every target with a label in the split, beside baselines; none where the experiment has no targets. */
  readonly targets?: readonly TargetReport[];
  /** Scores by group of materials, where they were asked for. */
  readonly groups?: readonly GroupedScores[];
  /** Of several seeds; the rest of the report is that of the first. */
  readonly ensemble?: EnsembleReport;
  /** What the splits of the data have in common. */
  readonly leakage?: LeakageReport;
  readonly embeddings: EmbeddingTable;
}
