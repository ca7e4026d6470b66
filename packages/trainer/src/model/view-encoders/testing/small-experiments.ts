import type { ViewName } from '@bravais/datasets';
import { type ExperimentConfig, resolveConfig } from '../../../config';
import { experimentOver } from '../../../testing/every-view';
import { embedMaterials } from '../../../training/embed-materials';
import type { createModel } from '../../alignment-model';
import type { PreparedMaterial } from '../../prepare';

/** The rows of a view, one after the other. */
export const embeddingsOf = async (
  model: ReturnType<typeof createModel>,
  materials: readonly PreparedMaterial[],
  name: string,
): Promise<number[]> => {
  const found = await embedMaterials(model, materials);
  return Array.from(found.find((each) => each.name === name)!.rows);
};

/** Sizes of a small transformer. */
export const BLOCKS = { features: 8, heads: 2, headFeatures: 4, hidden: 8, blocks: 1 };

/** The small experiment over the structure and a view with this encoder. */
export function experimentWith(view: ViewName, encoder: object): ExperimentConfig {
  const config = experimentOver(['structure', view]);
  return resolveConfig({ ...config, model: { ...config.model, views: { [view]: encoder } } });
}
