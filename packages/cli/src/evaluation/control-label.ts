import type { ControlName } from '@bravais/trainer';

/** A control as a table's head or row calls it. */
export const CONTROL_LABELS: Readonly<Record<ControlName, string>> = {
  scalars: 'scalars',
  composition: 'elements',
  'shuffled-pairs': 'shuffled',
};

/** What the controls are, for a reader of the scores, in a line each. */
export const CONTROL_NOTES: Readonly<Record<ControlName, string>> = {
  scalars: 'scalars: by one or two numbers a modality, such as size, mean or length',
  composition: 'elements: by ridge regression from the composition, without geometry',
  'shuffled-pairs': 'shuffled: the same model trained on pairs that do not belong together',
};
