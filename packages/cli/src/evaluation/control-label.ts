import type { ControlName, VariantName } from '@bravais/trainer';

/** A control as a table's head or row calls it. */
export const CONTROL_LABELS: Readonly<Record<ControlName, string>> = {
  scalars: 'scalars',
  composition: 'elements',
  untrained: 'init',
  'shuffled-pairs': 'shuffled',
};

/** What the controls are, for a reader of the scores, in a line each. */
export const CONTROL_NOTES: Readonly<Record<ControlName, string>> = {
  scalars: 'scalars: by one or two numbers a modality, such as size, mean or length',
  composition: 'elements: by ridge regression from the composition, without geometry',
  untrained: 'init: the same model with the weights it started from, its preprocessing kept',
  'shuffled-pairs': 'shuffled: the same model trained on pairs that do not belong together',
};

/** Another way of ranking as a table calls it. */
export const VARIANT_LABELS: Readonly<Record<VariantName, string>> = {
  polymorphs: 'polymorphs',
  'one-per-formula': 'one a formula',
  'hubness-corrected': 'hub-corrected',
};

/** What the other ways of ranking are, in a line each. */
export const VARIANT_NOTES: Readonly<Record<VariantName, string>> = {
  polymorphs: 'polymorphs: candidates of the same formula as the query are passed over, no hit and no miss',
  'one-per-formula': 'one a formula: of each formula one material, chosen by the seed, is asked and searched',
  'hubness-corrected':
    'hub-corrected: by CSLS (10 neighbours), which uses the whole pool of queries; not comparable',
};
