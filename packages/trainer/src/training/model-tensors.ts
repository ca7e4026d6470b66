import { readAll } from '@bravais/tensor-core';
import { flatValues, loadParameters, namedValues, type ParameterEntry } from '@bravais/tensor-core/nn';
import type { AdamWState } from '@bravais/tensor-core/optim';
import { type Checkpoint, CheckpointError, type NamedTensors, type StoredTensor } from '../checkpoint';
import type { Preprocessing, Standardizer } from '../data';
import { type AlignmentModel, VIEWS } from '../model';

/** Prefix of the fitted preprocessing, which travels with the weights as `<prefix><what>.mean` and `.scale`. */
const PREPROCESSING = 'preprocessing.';
const DESCRIPTORS = 'descriptors';
const FIRST_MOMENT = 'first_moment.';
const SECOND_MOMENT = 'second_moment.';

/** Weights, preprocessing and optimiser moments, read from the device as they stand now. */
export async function readTensors(
  model: AlignmentModel,
  state: AdamWState,
): Promise<{ model: NamedTensors; optimizer: NamedTensors }> {
  const { flat, entries } = model.parameters;
  const [weights, first, second] = (await readAll([
    flat,
    state.firstMoment,
    state.secondMoment,
  ])) as Float32Array[];
  const { descriptors, views = {} } = model.preprocessing;
  const fitted = { ...(descriptors ? { [DESCRIPTORS]: descriptors } : {}), ...views };
  const preprocessing = Object.entries(fitted).flatMap(
    ([what, { mean, scale }]): [string, StoredTensor][] => [
      [`${PREPROCESSING}${what}.mean`, vector(mean)],
      [`${PREPROCESSING}${what}.scale`, vector(scale)],
    ],
  );
  return {
    model: new Map([...stored(entries, weights!, ''), ...preprocessing]),
    optimizer: new Map([
      ...stored(entries, first!, FIRST_MOMENT),
      ...stored(entries, second!, SECOND_MOMENT),
    ]),
  };
}

/** The fitted preprocessing of a checkpoint. */
export function storedPreprocessing(checkpoint: Checkpoint): Preprocessing {
  const descriptors = storedStandardizer(checkpoint, DESCRIPTORS);
  const views = VIEWS.flatMap((view) => {
    const fitted = storedStandardizer(checkpoint, view);
    return fitted ? [[view, fitted] as const] : [];
  });
  return {
    ...(descriptors ? { descriptors } : {}),
    ...(views.length > 0 ? { views: Object.fromEntries(views) } : {}),
  };
}

function storedStandardizer({ model }: Checkpoint, what: string): Standardizer | null {
  const [mean, scale] = ['mean', 'scale'].map((part) => model.get(`${PREPROCESSING}${what}.${part}`));
  return mean && scale ? { mean: mean.data as Float32Array, scale: scale.data as Float32Array } : null;
}

/**
 * Overwrites the model's weights with those of a checkpoint.
 *
 * @throws {CheckpointError} `STATE` where names or sizes are not those of the model
 */
export function restoreWeights(model: AlignmentModel, checkpoint: Checkpoint): void {
  const weights = [...checkpoint.model].filter(([name]) => !name.startsWith(PREPROCESSING));
  mismatchAsCheckpointError(() => loadParameters(model.parameters, floats(weights)));
}

/** Overwrites the optimiser's moments and its step with those of a checkpoint. */
export function restoreOptimizer(
  model: AlignmentModel,
  state: AdamWState,
  checkpoint: Checkpoint,
): AdamWState {
  const moments = (prefix: string): Float32Array => {
    const named = [...checkpoint.optimizer].filter(([name]) => name.startsWith(prefix));
    return flatValues(
      model.parameters,
      floats(named.map(([name, tensor]) => [name.slice(prefix.length), tensor])),
    );
  };
  return mismatchAsCheckpointError(() => {
    state.firstMoment.write(moments(FIRST_MOMENT));
    state.secondMoment.write(moments(SECOND_MOMENT));
    return { ...state, step: checkpoint.state.step };
  });
}

function stored(
  entries: readonly ParameterEntry[],
  flat: Float32Array,
  prefix: string,
): [string, StoredTensor][] {
  const values = namedValues(entries, flat);
  return entries.map(({ name, shape }) => [prefix + name, { dtype: 'F32', shape, data: values.get(name)! }]);
}

function vector(values: Float32Array): StoredTensor {
  return { dtype: 'F32', shape: [values.length], data: values };
}

function floats(tensors: readonly (readonly [string, StoredTensor])[]): Map<string, Float32Array> {
  return new Map(tensors.map(([name, { data }]) => [name, data as Float32Array]));
}

function mismatchAsCheckpointError<T>(restore: () => T): T {
  try {
    return restore();
  } catch (cause) {
    const message = `checkpoint: its tensors must be those of the model its config describes, got others. ${(cause as Error).message}`;
    throw new CheckpointError('STATE', message, { cause });
  }
}
