import { VIEW_FORMS, type ViewName } from '@bravais/datasets';
import type { ExperimentConfig } from '../config';
import { fitStandardizer, type Standardizer } from '../data';
import type { FittedTarget } from '../targets/target-kind';
import { fitTargets } from '../targets/target-labels';
import { ModelError } from './model-error';
import { fractionColumns, type PreparedMaterial } from './prepare';
import { structureEncoderKind } from './structure-encoders';
import { viewEncoderKind } from './view-encoders';
import type { FittedView, ViewSource } from './view-encoders/view-encoder-kind';
import { viewsOf } from './views';

/** What is fitted on the training split before a model is made, and travels with its weights. */
export interface Preprocessing {
  /** Absent where the structure encoder takes no descriptors. */
  readonly descriptors?: Standardizer;
  /** By view, what its encoder learned; views of which it learns nothing are left out. */
  readonly views?: Readonly<Partial<Record<ViewName, FittedView>>>;
  /** By target, what its head learned of the labels. */
  readonly targets?: Readonly<Record<string, FittedTarget>>;
}

/**
 * Fits what a config's encoders need to the materials that have their views.
 *
 * @throws {ModelError} `VIEW_MISSING`, `TARGET_LABELS`
 */
export function fitPreprocessing(
  { model, targets }: Pick<ExperimentConfig, 'model' | 'targets'>,
  training: readonly PreparedMaterial[],
): Preprocessing {
  const { structure } = model;
  const fitted = viewsOf(model).map((view): [ViewName, FittedView] => {
    const config = model.views[view]!;
    const present = training.flatMap(({ views }) => views[view] ?? []);
    return [view, viewEncoderKind(config).fit(config, { view, form: VIEW_FORMS[view] }, present)];
  });
  const kept = fitted.filter(([, numbers]) => Object.keys(numbers).length > 0);
  return {
    ...(structure && structureEncoderKind(structure).descriptors(structure) !== 'none'
      ? { descriptors: fitDescriptors(training) }
      : {}),
    ...(kept.length > 0 ? { views: Object.fromEntries(kept) } : {}),
    ...(targets ? { targets: fitTargets(targets, training) } : {}),
  };
}

function fitDescriptors(training: readonly PreparedMaterial[]): Standardizer {
  const rows = training.flatMap(({ structure }) => structure?.descriptors ?? []);
  if (rows.length > 0) return fitStandardizer(rows, fractionColumns);
  throw new ModelError(
    'VIEW_MISSING',
    'structure: the training split must hold crystal structures, got none. Take data that has them, or leave out model.structure.',
  );
}

/** What the encoder of a view knows of it. */
export function viewSource({ views = {} }: Preprocessing, view: ViewName): ViewSource {
  return { view, form: VIEW_FORMS[view], fitted: views[view] ?? {} };
}
