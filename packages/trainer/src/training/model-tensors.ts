import { readAll, type Tensor } from '@bravais/tensor-core';
import {
  flatValues,
  loadParameters,
  namedValues,
  type ParameterEntry,
  type Parameters,
} from '@bravais/tensor-core/nn';
import type { AdamWState } from '@bravais/tensor-core/optim';
import { type Checkpoint, CheckpointError, type NamedTensors, type StoredTensor } from '../checkpoint';
import type { Standardizer } from '../data';
import { type AlignmentModel, type FittedView, type Preprocessing, VIEWS } from '../model';
import type { FittedTarget } from '../targets/target-kind';

/** Prefix of the fitted preprocessing, which travels with the weights as `<prefix><view>.<name>`, for example `text.mean`. */
const PREPROCESSING = 'preprocessing.';
const DESCRIPTORS = 'descriptors';
const TARGETS = 'targets.';
const FIRST_MOMENT = 'first_moment.';
const SECOND_MOMENT = 'second_moment.';
/** Prefix of the weights that the optimiser goes on from, where the model's are their averages. */
const RAW = 'raw.';

/** Parameters on a device, of a whole model or of a part of it. */
interface WithParameters {
  readonly parameters: Parameters<unknown>;
}

/** Weights, or their averages, preprocessing and optimiser moments, read from the device as they stand now. */
export async function readTensors(
  model: WithParameters & Pick<AlignmentModel, 'preprocessing'>,
  state: AdamWState,
  average: Tensor | null = null,
): Promise<{ model: NamedTensors; optimizer: NamedTensors }> {
  const { flat, entries } = model.parameters;
  const [raw, first, second, averaged] = (await readAll([
    flat,
    state.firstMoment,
    state.secondMoment,
    ...(average ? [average] : []),
  ])) as Float32Array[];
  const { descriptors, views = {}, targets = {} } = model.preprocessing;
  const fitted: Readonly<Record<string, FittedView>> = {
    ...(descriptors ? { [DESCRIPTORS]: { ...descriptors } } : {}),
    ...views,
    ...Object.fromEntries(Object.entries(targets).map(([name, numbers]) => [TARGETS + name, numbers])),
  };
  const preprocessing = Object.entries(fitted).flatMap(([what, numbers]) =>
    Object.entries(numbers).map(([name, values]): [string, StoredTensor] => [
      `${PREPROCESSING}${what}.${name}`,
      vector(values),
    ]),
  );
  return {
    model: new Map([...stored(entries, averaged ?? raw!, ''), ...preprocessing]),
    optimizer: new Map([
      ...stored(entries, first!, FIRST_MOMENT),
      ...stored(entries, second!, SECOND_MOMENT),
      ...(averaged ? stored(entries, raw!, RAW) : []),
    ]),
  };
}

/** The fitted preprocessing of a checkpoint. */
export function storedPreprocessing(checkpoint: Pick<Checkpoint, 'config' | 'model'>): Preprocessing {
  const descriptors = storedNumbers(checkpoint, DESCRIPTORS);
  const views = VIEWS.flatMap((view) => {
    const fitted = storedNumbers(checkpoint, view);
    return Object.keys(fitted).length > 0 ? [[view, fitted] as const] : [];
  });
  const targets = Object.keys(checkpoint.config.targets ?? {}).map(
    (name) => [name, storedTarget(checkpoint, name)] as const,
  );
  return {
    ...(isStandardizer(descriptors) ? { descriptors } : {}),
    ...(views.length > 0 ? { views: Object.fromEntries(views) } : {}),
    ...(targets.length > 0 ? { targets: Object.fromEntries(targets) } : {}),
  };
}

function storedTarget(checkpoint: Pick<Checkpoint, 'model'>, name: string): FittedTarget {
  const numbers = storedNumbers(checkpoint, TARGETS + name);
  if (Object.keys(numbers).length > 0) return numbers as FittedTarget;
  const message = `checkpoint: it must hold what was fitted for target ${name}, got nothing. Use another checkpoint.`;
  throw new CheckpointError('STATE', message);
}

function storedNumbers({ model }: Pick<Checkpoint, 'model'>, what: string): FittedView {
  const prefix = `${PREPROCESSING}${what}.`;
  const named = [...model].filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(
    named.map(([name, { data }]) => [name.slice(prefix.length), data as Float32Array | Int32Array]),
  );
}

function isStandardizer(numbers: object): numbers is Standardizer {
  return 'mean' in numbers && 'scale' in numbers;
}

/**
 * Overwrites the model's weights with those of a checkpoint.
 *
 * @throws {CheckpointError} `STATE` where names or sizes are not those of the model
 */
export function restoreWeights(model: WithParameters, checkpoint: Pick<Checkpoint, 'model'>): void {
  const weights = [...checkpoint.model].filter(([name]) => !name.startsWith(PREPROCESSING));
  mismatchAsCheckpointError(() => loadParameters(model.parameters, floats(weights)));
}

/** Overwrites weights, averages where there are some, the optimiser's moments and its step with what {@link readTensors} read after `step`. */
export function restoreOptimizer(
  model: WithParameters,
  state: AdamWState,
  average: Tensor | null,
  tensors: Pick<Checkpoint, 'model' | 'optimizer'>,
  step: number,
): AdamWState {
  const moments = (prefix: string): Float32Array => {
    const named = [...tensors.optimizer].filter(([name]) => name.startsWith(prefix));
    return flatValues(
      model.parameters,
      floats(named.map(([name, tensor]) => [name.slice(prefix.length), tensor])),
    );
  };
  return mismatchAsCheckpointError(() => {
    const weights = [...tensors.model].filter(([name]) => !name.startsWith(PREPROCESSING));
    const own = flatValues(model.parameters, floats(weights));
    average?.write(own);
    model.parameters.flat.write(average ? moments(RAW) : own);
    state.firstMoment.write(moments(FIRST_MOMENT));
    state.secondMoment.write(moments(SECOND_MOMENT));
    return { ...state, step };
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

function vector(values: Float32Array | Int32Array): StoredTensor {
  const shape = [values.length];
  return values instanceof Int32Array
    ? { dtype: 'I32', shape, data: values }
    : { dtype: 'F32', shape, data: values };
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
