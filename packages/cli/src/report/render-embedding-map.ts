import { modalityLabel } from '../evaluation/modality-label';
import { drawChart } from './charts/draw-chart';
import { embeddingMapChart } from './charts/embedding-map-chart';
import { paperTheme } from './charts/theme';
import type { ReportInput } from './report-input';

/** The embedding map as an SVG file that stands alone: fixed colours on white, with a legend. */
export function renderEmbeddingMap({
  config,
  evaluation,
  map,
}: Pick<ReportInput, 'config' | 'evaluation' | 'map'>): Promise<string> {
  if (!map) {
    const values = [{ text: 'Too few materials for a map.' }];
    const mark = { type: 'text', fontSize: 14, color: paperTheme.muted } as const;
    const encoding = { text: { field: 'text', type: 'nominal' } } as const;
    return drawChart({ width: 320, height: 60, data: { values }, mark, encoding }, paperTheme);
  }
  return embeddingMapChart(map, {
    modalities: Object.keys(evaluation.embeddings.byModality),
    modalityLabel: (modality) => modalityLabel(modality, config.data.source),
    theme: paperTheme,
    legend: true,
  });
}
