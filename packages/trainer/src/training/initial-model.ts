import { type Device, flattenTree, type Tree } from '@bravais/tensor-core';
import type { Checkpoint } from '../checkpoint';
import { canonicalJson, type ExperimentConfig } from '../config';
import { type AlignmentModel, createModel, ModelError, modalitiesOf, type Preprocessing } from '../model';
import { storedPreprocessing } from './model-tensors';
import { TrainingError } from './training-error';

/** The part of a checkpoint that another run starts from. */
export type InitialWeights = Pick<Checkpoint, 'config' | 'model'>;

/**
 * A fresh model whose encoders are those of another run, where both have the modality. What was fitted for such an encoder is taken
 * over with it; heads, the temperature and other encoders start as in {@link createModel}.
 *
 * @throws {TrainingError} `INIT_MISSING` where the weights that the config names are not given
 * @throws {ModelError} `INIT_MISMATCH`, with the first parameter of another size
 */
export function initialModel(
  device: Device,
  config: ExperimentConfig,
  preprocessing: Preprocessing,
  init: InitialWeights | null,
): AlignmentModel {
  if (!init) {
    const message = `train: the weights of init.checkpoint ${config.init?.checkpoint} must be given to a run that starts from them, got none. Pass them as init.`;
    throw new TrainingError('INIT_MISSING', message);
  }
  const shared = sharedModalities(config, init);
  const model = createModel(device, config, joinedPreprocessing(preprocessing, init, shared));
  copyEncoders(model, init, shared);
  return model;
}

function sharedModalities(config: ExperimentConfig, init: InitialWeights): string[] {
  const there = modalitiesOf(init.config.model);
  const shared = modalitiesOf(config.model).filter((name) => there.includes(name));
  const missing = config.init?.frozen.find((name) => !shared.includes(name));
  if (missing !== undefined || shared.length === 0) {
    throw mismatch(
      `a checkpoint with an encoder of ${missing ?? modalitiesOf(config.model).join(' or ')}`,
      `one of ${there.join(', ')}`,
      'Take another checkpoint, or change model and init.frozen.',
    );
  }
  if (shared.includes('structure') && canonicalJson(config.graph) !== canonicalJson(init.config.graph)) {
    throw mismatch(
      `the graph section of the checkpoint, ${JSON.stringify(init.config.graph)}`,
      JSON.stringify(config.graph),
      'The encoder knows graphs of that kind only: write the same section.',
    );
  }
  return shared;
}

function joinedPreprocessing(
  fitted: Preprocessing,
  init: InitialWeights,
  shared: readonly string[],
): Preprocessing {
  const { descriptors, views = {} } = storedPreprocessing(init);
  const taken = Object.fromEntries(Object.entries(views).filter(([view]) => shared.includes(view)));
  return {
    ...fitted,
    ...(fitted.descriptors && descriptors && shared.includes('structure') ? { descriptors } : {}),
    views: { ...fitted.views, ...taken },
  };
}

function copyEncoders({ parameters }: AlignmentModel, init: InitialWeights, shared: readonly string[]): void {
  const belongs = (name: string): boolean => shared.includes(name.split('.')[0]!);
  const tensors = new Map(flattenTree(parameters.tree as Tree));
  const wanted = parameters.entries.filter(({ name }) => belongs(name));
  for (const { name, shape } of wanted) {
    const stored = init.model.get(name);
    if (!stored || String(stored.shape) !== String(shape)) {
      const got = stored ? `[${stored.shape.join(', ')}]` : 'none';
      throw mismatch(`${name} [${shape.join(', ')}]`, got, SAME_ENCODER);
    }
  }
  const known = new Set(wanted.map(({ name }) => name));
  const unknown = [...init.model.keys()].find((name) => belongs(name) && !known.has(name));
  if (unknown !== undefined) throw mismatch('the parameters of the encoder alone', unknown, SAME_ENCODER);
  for (const { name } of wanted) tensors.get(name)!.write(init.model.get(name)!.data as Float32Array);
}

const SAME_ENCODER = 'Give the encoder the kind and sizes that it has in the checkpoint.';

function mismatch(expected: string, got: string, remedy: string): ModelError {
  return new ModelError('INIT_MISMATCH', `init: ${expected} expected, got ${got}. ${remedy}`);
}
