import { CHEMICAL_FAMILIES } from '../chemical-family';
import type { EmbeddingMap } from '../project-embeddings';
import { drawChart } from './draw-chart';
import type { ChartTheme } from './theme';

/** Shapes of the modalities, in the order of the embedding table. */
const MODALITY_SHAPES = [
  'circle',
  'triangle-up',
  'square',
  'diamond',
  'cross',
  'triangle-down',
  'triangle-right',
  'triangle-left',
] as const;

/** How an embedding map is drawn. */
export interface EmbeddingMapOptions {
  readonly modalities: readonly string[];
  readonly modalityLabel: (modality: string) => string;
  readonly theme: ChartTheme;
  /** Whether the legend is part of the picture. */
  readonly legend: boolean;
}

/** The map as SVG: each modality of a material is a mark, a thin line joins those of one material. */
export function embeddingMapChart(map: EmbeddingMap, options: EmbeddingMapOptions): Promise<string> {
  const { modalities, modalityLabel, theme, legend } = options;
  const values = map.marks.map(({ id, formula, family, modality, x, y }) => ({
    id,
    family,
    x,
    y,
    modality: modalityLabel(modality),
    name: `${formula} (${id}), ${modalityLabel(modality)}`,
  }));
  const present = new Set(map.marks.map(({ family }) => family));
  const families = CHEMICAL_FAMILIES.filter((family) => present.has(family));
  const place = {
    type: 'quantitative',
    axis: null,
    scale: { zero: false, nice: false, padding: 12 },
  } as const;
  const x = { field: 'x', ...place } as const;
  const y = { field: 'y', ...place } as const;
  return drawChart(
    {
      width: 720,
      height: 480,
      description: 'UMAP of the embeddings',
      data: { values },
      layer: [
        {
          // Seven marks a material are joined by six lines: together as dark as one between two.
          mark: { type: 'line', color: theme.muted, strokeWidth: 0.7, opacity: 0.8 / modalities.length },
          encoding: { x, y, detail: { field: 'id' }, order: { value: 0 } },
        },
        {
          mark: { type: 'point', filled: true, size: 64, opacity: 0.88, strokeWidth: 0 },
          encoding: {
            x,
            y,
            color: {
              field: 'family',
              type: 'nominal',
              scale: { domain: families, range: families.map((family) => theme.families[family]) },
              legend: legend ? { orient: 'right', symbolType: 'circle', symbolOpacity: 1 } : null,
            },
            shape: {
              field: 'modality',
              type: 'nominal',
              scale: { domain: modalities.map(modalityLabel), range: [...MODALITY_SHAPES] },
              legend: legend ? { orient: 'right', symbolFillColor: theme.muted } : null,
            },
            description: { field: 'name', type: 'nominal' },
          },
        },
      ],
    },
    theme,
  );
}
