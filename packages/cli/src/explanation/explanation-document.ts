import type { ExplanationReport } from '@bravais/trainer';
import type { EmbeddingMaps } from './embedding-maps';

/** An explanation as plain JSON: every number but the embeddings themselves, which `embeddings.parquet` holds. */
export function explanationDocument(
  report: ExplanationReport,
  maps: readonly EmbeddingMaps[],
): Readonly<Record<string, unknown>> {
  const { records, labels, embeddings: _, neighbors, attributions, ...rest } = report;
  const place = (at: number): { id: string; formula: string } => {
    const { id, formula } = records[at]!;
    return { id, formula };
  };
  return {
    ...rest,
    explained: records.length,
    labels: records.map((_, at) => ({
      ...place(at),
      crystalSystem: labels.crystalSystem[at],
      metallicity: labels.metallicity[at],
      formationEnergyEvPerAtom: finite(labels.formationEnergy[at]!),
    })),
    maps: maps.flatMap(({ embeddings: { source, modality }, maps }) =>
      maps.map(({ method, trustworthiness }) => ({ source, modality, method, trustworthiness })),
    ),
    neighbors: {
      modality: neighbors.modality,
      of: neighbors.of.map((found, at) => ({
        id: records[at]!.id,
        nearest: found.map(({ material, cosine }) => ({ ...place(material), cosine })),
      })),
    },
    attributions: attributions.map(({ material, parts, ...each }) => ({
      ...place(material),
      ...each,
      parts: Array.from(parts),
    })),
    swaps: report.swaps.map(({ material, ...each }) => ({ ...place(material), ...each })),
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
