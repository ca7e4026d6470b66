import type { ViewName } from '@bravais/datasets';
import type { ExperimentConfig } from '../config';
import { structureEncoderKind } from '../model/structure-encoders';
import { VECTOR_VIEWS, viewsOf } from '../model/views';
import { fractionColumns, type PreparedMaterial } from './prepare';
import { fitStandardizer, type Standardizer } from './standardizer';

/** What is fitted on the training split before a model is made, and travels with its weights. */
export interface Preprocessing {
  /** Absent where the structure encoder takes no descriptors. */
  readonly descriptors?: Standardizer;
  /** Of views that are vectors of any scale; spectra have a scale of their own. */
  readonly views?: Readonly<Partial<Record<ViewName, Standardizer>>>;
}

/** Fits what a config's encoders need; a view that no material has stays without. */
export function fitPreprocessing(
  { model }: Pick<ExperimentConfig, 'model'>,
  training: readonly PreparedMaterial[],
): Preprocessing {
  const { structure } = model;
  const rows = training.map(({ descriptors }) => descriptors);
  const vectors = viewsOf(model).filter((view) => VECTOR_VIEWS.has(view));
  const fitted = vectors.flatMap((view) => {
    const present = training.flatMap(({ views }) => views[view] ?? []);
    return present.length === 0 ? [] : [[view, fitStandardizer(present)] as const];
  });
  return {
    ...(structureEncoderKind(structure).takesDescriptors(structure)
      ? { descriptors: fitStandardizer(rows, fractionColumns) }
      : {}),
    ...(fitted.length > 0 ? { views: Object.fromEntries(fitted) } : {}),
  };
}
