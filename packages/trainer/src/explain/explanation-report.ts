import type { MaterialRecord } from '@bravais/datasets';
import type { KnnAccuracy, LinearProbe } from '../interpret';

/** Whose embeddings are measured: the model's, those of the same model before training, or what the materials are made of. */
export type EmbeddingSource = 'trained' | 'untrained' | 'composition';

/** What is known of the materials of a split, in their order; `null` and NaN where something is not. */
export interface MaterialLabels {
  readonly crystalSystem: readonly (string | null)[];
  /** `metal` where the gap is 0, else `insulator`. */
  readonly metallicity: readonly (string | null)[];
  /** eV/atom. */
  readonly formationEnergy: Float64Array;
  /** Every scalar of the source with enough values, by its name. */
  readonly properties: Readonly<Record<string, Float64Array>>;
}

/** Embeddings of the materials that have a modality. */
export interface ExplainedEmbeddings {
  readonly source: EmbeddingSource;
  /** `structure`, a view, or `composition`. */
  readonly modality: string;
  readonly dim: number;
  /** `[count, dim]`. */
  readonly rows: Float32Array;
  /** Place of each row among the materials. */
  readonly materials: readonly number[];
}

/** How a label shows in embeddings. */
export interface LabelMeasures {
  /** Materials whose label is known. */
  readonly count: number;
  readonly knn: KnnAccuracy;
  readonly silhouette: number;
}

/** Measures of the embeddings of one modality; a label that has fewer than two classes is left out. */
export interface EmbeddingMeasures {
  readonly source: EmbeddingSource;
  readonly modality: string;
  readonly count: number;
  readonly dim: number;
  readonly effectiveRank: number;
  readonly uniformity: number;
  readonly crystalSystem?: LabelMeasures;
  readonly metallicity?: LabelMeasures;
  /** By property. */
  readonly probes: Readonly<Record<string, LinearProbe>>;
}

/** How two modalities of one source lie to each other. */
export interface PairMeasures {
  readonly source: EmbeddingSource;
  readonly modalities: readonly [string, string];
  /** Materials that have both. */
  readonly count: number;
  readonly alignment: number;
  readonly modalityGap: number;
}

/** What each part of one material's input brings to a number that the model gives, by integrated gradients. */
export interface AttributionReport {
  /** Place of the material. */
  readonly material: number;
  readonly modality: string;
  /** What is attributed, in words: `cosine with its phononDos`, `formationEnergy`. */
  readonly objective: string;
  /** Of the objective; empty where it has none. */
  readonly unit: string;
  /** What the path starts from, in words. */
  readonly baseline: string;
  readonly steps: number;
  readonly value: number;
  readonly baselineValue: number;
  readonly completenessError: number;
  /** Of each atom, token, bin, number, point or pixel. */
  readonly parts: Float64Array;
  /** Names of the parts where they have some: elements, tokens. */
  readonly units?: readonly string[];
  /** What is brought by inputs that are none of the parts. */
  readonly others: Readonly<Record<string, number>>;
}

/** One element of a material replaced by another, the geometry kept. */
export interface ElementSwap {
  readonly from: string;
  readonly to: string;
  readonly formula: string;
  /** Cosine of the embeddings before and after. */
  readonly cosineWithOriginal: number;
  /** By view that the material has: cosine of the structure's embedding with the view's. */
  readonly cosineWithViews: Readonly<Record<string, number>>;
  /** By target, in its unit. */
  readonly predictions: Readonly<Record<string, number>>;
}

/** All swaps of one material. */
export interface SwapReport {
  readonly material: number;
  /** The same numbers of the material as it is. */
  readonly original: Pick<ElementSwap, 'cosineWithViews' | 'predictions'>;
  readonly swaps: readonly ElementSwap[];
}

/** A material that is near another by the cosine of their embeddings. */
export interface Neighbor {
  readonly material: number;
  readonly cosine: number;
}

/** What a model has learned of one split. */
export interface ExplanationReport {
  readonly split: 'train' | 'val' | 'test';
  /** Materials of the split, and those that were looked at. */
  readonly materials: number;
  readonly records: readonly MaterialRecord[];
  readonly step: number;
  readonly seed: number;
  readonly configHash: string;
  readonly adapter: string;
  readonly labels: MaterialLabels;
  readonly embeddings: readonly ExplainedEmbeddings[];
  readonly measures: readonly EmbeddingMeasures[];
  readonly pairs: readonly PairMeasures[];
  /** Modality by whose trained embeddings neighbours are near, and those of each record; none for a record without it. */
  readonly neighbors: { readonly modality: string; readonly of: readonly (readonly Neighbor[])[] };
  readonly attributions: readonly AttributionReport[];
  readonly swaps: readonly SwapReport[];
}
