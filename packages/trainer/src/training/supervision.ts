import type { Parameters } from '@bravais/tensor-core/nn';
import type { AlignmentModel, PreparedMaterial } from '../model';
import { type HostTargetLabels, hostTargetLabels } from '../targets/target-labels';

/** Labels of a batch for the targets of a model; none where it has none. */
export function labelsOf(
  { config, preprocessing }: AlignmentModel,
  materials: readonly PreparedMaterial[],
): HostTargetLabels {
  return hostTargetLabels(config.targets ?? {}, preprocessing.targets ?? {}, materials);
}

/** The parameters with the entries of those alone that a run trains: no encoder that is frozen. */
export function trainedParameters({ config, parameters }: AlignmentModel): Parameters<unknown> {
  const frozen = config.init?.frozen ?? [];
  const trained = parameters.entries.filter(({ name }) => !frozen.includes(name.split('.')[0]!));
  return { ...parameters, entries: trained };
}
