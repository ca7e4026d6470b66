import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import type { ModelConfig } from '../config';

/**
 * Every view besides the structure, in the order of reports. The place of a view in it keys its initial parameters and its dropout:
 * new views come last.
 */
export const VIEWS = Object.keys(VIEW_FORMS) as readonly ViewName[];

/** The views besides the structure that a model aligns. */
export function viewsOf({ views }: Pick<ModelConfig, 'views'>): ViewName[] {
  return VIEWS.filter((view) => views[view] !== undefined);
}

/** Names of the modalities that a model aligns, in the order of reports. */
export function modalitiesOf(model: Pick<ModelConfig, 'structure' | 'views'>): string[] {
  return [...(model.structure ? ['structure'] : []), ...viewsOf(model)];
}
