import { type DifferingOption, differingOption, type ViewName, type ViewOptions } from '@bravais/datasets';
import { CheckpointError } from './checkpoint-error';

/**
 * Refuses data whose views were made otherwise than those that a model was trained on: the numbers would fit, and mean something else.
 *
 * @param views that the model aligns
 * @param folder of the checkpoint, for the message
 * @throws {CheckpointError} `VIEW_OPTIONS`
 */
export function requireSameOptions(
  views: readonly ViewName[],
  trained: ViewOptions,
  given: ViewOptions,
  folder: string,
): void {
  for (const view of views) {
    const differing = differingOption(trained[view] ?? {}, given[view] ?? {});
    if (differing) throw otherOptions(view, differing, folder);
  }
}

function otherOptions(
  view: ViewName,
  { option, first, second }: DifferingOption,
  folder: string,
): CheckpointError {
  return new CheckpointError(
    'VIEW_OPTIONS',
    `${folder}: ${view} must be made with ${option} = ${JSON.stringify(first)}, as the model was trained, got data made with ${JSON.stringify(second)}. Build the data with the options of the model, or train on this data.`,
  );
}
