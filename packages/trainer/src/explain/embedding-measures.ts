import {
  type EmbeddingRows,
  effectiveRank,
  knnAccuracy,
  linearProbe,
  silhouette,
  uniformity,
} from '../interpret';
import type {
  EmbeddingMeasures,
  ExplainedEmbeddings,
  LabelMeasures,
  MaterialLabels,
} from './explanation-report';

/** Neighbours that vote. */
const NEIGHBORS = 10;
/** Known values that a probe needs. */
const FEWEST_VALUES = 30;

/**
 * Every measure of the embeddings of one modality.
 *
 * @param seed key of the parts that linear probes are fitted on
 * @throws {InterpretError} `SHAPE` for fewer than two materials, `NOT_FINITE`
 */
export function embeddingMeasures(
  { source, modality, dim, rows, materials }: ExplainedEmbeddings,
  labels: MaterialLabels,
  seed: number,
): EmbeddingMeasures {
  const x = { rows, dim };
  const own = (column: readonly (string | null)[]): (string | null)[] =>
    materials.map((place) => column[place]!);
  const crystalSystem = labelMeasures(x, own(labels.crystalSystem));
  const metallicity = labelMeasures(x, own(labels.metallicity));
  const probes = Object.entries(labels.properties).flatMap(([name, column]) => {
    const values = materials.map((place) => column[place]!);
    return values.filter(Number.isFinite).length < FEWEST_VALUES
      ? []
      : [[name, linearProbe(x, values, seed)] as const];
  });
  return {
    source,
    modality,
    count: materials.length,
    dim,
    effectiveRank: effectiveRank(x),
    uniformity: uniformity(x),
    ...(crystalSystem ? { crystalSystem } : {}),
    ...(metallicity ? { metallicity } : {}),
    probes: Object.fromEntries(probes),
  };
}

/** Over the materials whose label is known; nothing where there are fewer than two classes, or no more materials than neighbours. */
function labelMeasures(
  { rows, dim }: EmbeddingRows,
  labels: readonly (string | null)[],
): LabelMeasures | undefined {
  const known = [...labels.keys()].filter((row) => labels[row] !== null);
  const names = known.map((row) => labels[row]!);
  if (new Set(names).size < 2 || known.length <= NEIGHBORS) return undefined;
  const x = {
    dim,
    rows: Float32Array.from(known.flatMap((row) => [...rows.subarray(row * dim, (row + 1) * dim)])),
  };
  return { count: known.length, knn: knnAccuracy(x, names, NEIGHBORS), silhouette: silhouette(x, names) };
}
