import type { EmbeddingMeasures, EmbeddingSource, ExplanationReport, LabelMeasures } from '@bravais/trainer';
import { formatScore, formatValue } from '../output/format-number';
import type { EmbeddingMaps, PlaneMap } from './embedding-maps';

/** Sources in the order of columns. */
export const SOURCES: readonly EmbeddingSource[] = ['trained', 'untrained', 'composition'];

/** One measure of a modality for each source, as text; empty where it does not apply. */
export interface MeasureRow {
  readonly label: string;
  readonly cells: readonly string[];
}

/** Modalities of the model, in the order of the report. */
export function explainedModalities({ embeddings }: Pick<ExplanationReport, 'embeddings'>): string[] {
  return embeddings.flatMap(({ source, modality }) => (source === 'trained' ? [modality] : []));
}

/** Every measure of a modality, trained beside untrained and beside the composition, which is the same for all modalities. */
export function measureRows(
  { measures }: Pick<ExplanationReport, 'measures'>,
  maps: readonly EmbeddingMaps[],
  modality: string,
): MeasureRow[] {
  const own = SOURCES.map((source) =>
    measures.find(
      (each) => each.source === source && (source === 'composition' || each.modality === modality),
    ),
  );
  const drawn = own.map((each) =>
    maps.find(
      ({ embeddings }) => each?.source === embeddings.source && each.modality === embeddings.modality,
    ),
  );
  const row = (label: string, of: (measures: EmbeddingMeasures) => string): MeasureRow => ({
    label,
    cells: own.map((each) => (each ? of(each) : '')),
  });
  const trust = (method: PlaneMap['method']): MeasureRow => ({
    label: `trustworthiness of the ${method} map`,
    cells: drawn.map((each) => {
      const map = each?.maps.find((one) => one.method === method);
      return map ? formatScore(map.trustworthiness) : '';
    }),
  });
  const properties = [...new Set(own.flatMap((each) => Object.keys(each?.probes ?? {})))];
  return [
    row('materials', ({ count }) => String(count)),
    row('dimensions', ({ dim }) => String(dim)),
    row('effective rank', ({ effectiveRank }) => effectiveRank.toFixed(1)),
    row('uniformity', ({ uniformity }) => uniformity.toFixed(2)),
    ...labelRows('crystal system', row, ({ crystalSystem }) => crystalSystem),
    ...labelRows('metal or insulator', row, ({ metallicity }) => metallicity),
    trust('PCA'),
    trust('UMAP'),
    ...properties.map((name) =>
      row(`R² of ${name}`, ({ probes }) => (probes[name] ? formatScore(probes[name].r2) : '')),
    ),
  ].filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function labelRows(
  name: string,
  row: (label: string, of: (measures: EmbeddingMeasures) => string) => MeasureRow,
  of: (measures: EmbeddingMeasures) => LabelMeasures | undefined,
): MeasureRow[] {
  const text = (read: (label: LabelMeasures) => number) => (measures: EmbeddingMeasures) => {
    const label = of(measures);
    return label ? formatScore(read(label)) : '';
  };
  return [
    row(
      `10-NN accuracy, ${name}`,
      text(({ knn }) => knn.accuracy),
    ),
    row(
      `  most frequent ${name}`,
      text(({ knn }) => knn.majority),
    ),
    row(
      `silhouette, ${name}`,
      text(({ silhouette }) => silhouette),
    ),
  ];
}

/** How pairs of modalities lie to each other, trained beside untrained. */
export function pairRows(
  { pairs }: Pick<ExplanationReport, 'pairs'>,
  label: (modality: string) => string = (modality) => modality,
): MeasureRow[] {
  const trained = pairs.filter(({ source }) => source === 'trained');
  return trained.flatMap(({ modalities }) => {
    const own = SOURCES.slice(0, 2).map((source) =>
      pairs.find((pair) => pair.source === source && String(pair.modalities) === String(modalities)),
    );
    const both = modalities.map(label).join(' · ');
    return [
      { label: `alignment, ${both}`, cells: own.map((pair) => (pair ? formatValue(pair.alignment) : '')) },
      {
        label: `modality gap, ${both}`,
        cells: own.map((pair) => (pair ? formatValue(pair.modalityGap) : '')),
      },
    ];
  });
}
