import {
  DataError,
  decodeSafetensors,
  encodeSafetensors,
  type NamedTensors,
  type Safetensors,
  VIEW_FORMS,
  type ViewOptions,
} from '@bravais/datasets';
import { canonicalJson } from '../config/canonical-json';
import { ConfigError } from '../config/config-error';
import { configHash } from '../config/config-hash';
import type { ExperimentConfig } from '../config/experiment-config';
import { resolveConfig } from '../config/resolve-config';
import { viewsOf } from '../model/views';
import { CheckpointError } from './checkpoint-error';
import type { SoftwareVersions } from './software-versions';

/** A trained model and how its input is made, without the state of its training. */
export interface TrainedModel {
  readonly config: ExperimentConfig;
  /** Weights and running statistics. */
  readonly model: NamedTensors;
  /** How the views of the training data were made, as far as their source says; empty where nothing is known. */
  readonly viewOptions: ViewOptions;
  /** Steps of training behind the weights; 0 where that is not known. */
  readonly step: number;
  /** Scores worth showing, by metric name; may be empty. */
  readonly scores: Readonly<Record<string, number>>;
  /** What it was trained with; absent where that is not known. */
  readonly versions?: SoftwareVersions;
}

const CONFIG_KEY = 'bravais.config';
const STEP_KEY = 'bravais.step';
const SCORES_KEY = 'bravais.scores';
const VERSIONS_KEY = 'bravais.versions';

/** Metadata key of the forms of the views that a model aligns; models from before it was there have the forms of today. */
const VIEWS_KEY = 'bravais.views';

/** Metadata key of the options that the views were made with. */
const OPTIONS_KEY = 'bravais.viewOptions';

/**
 * The bytes of `model.safetensors`: weights, and in the metadata config, forms and options of the views, and step, so that the weights
 * never part from how their input was made. The same model gives the same bytes.
 *
 * @throws DataError for tensors that cannot be stored
 */
export async function encodeModel({
  config,
  model,
  viewOptions,
  step,
  scores,
  versions,
}: TrainedModel): Promise<Uint8Array<ArrayBuffer>> {
  return encodeSafetensors(model, {
    [CONFIG_KEY]: canonicalJson(config),
    'bravais.configHash': await configHash(config),
    [STEP_KEY]: String(step),
    [SCORES_KEY]: canonicalJson(scores),
    [VIEWS_KEY]: canonicalJson(formsOf(config)),
    [OPTIONS_KEY]: canonicalJson(viewOptions),
    ...(versions ? { [VERSIONS_KEY]: JSON.stringify(versions) } : {}),
  });
}

/**
 * What {@link encodeModel} wrote, from its bytes alone.
 *
 * @param file names the bytes in messages
 * @throws CheckpointError `STATE` where the bytes are no model of this package, or views were made in another way; `TENSORS`
 */
export function decodeModel(bytes: Uint8Array, file = 'model.safetensors'): TrainedModel {
  const { tensors, metadata } = decodeTensors(bytes, file);
  const written = metadata[CONFIG_KEY];
  if (written === undefined) {
    const message = `${file}: weights with their config in the metadata expected, as a checkpoint or bravais export has them, got a file without. Take the model.safetensors of a run.`;
    throw new CheckpointError('STATE', message);
  }
  const config = decodeConfig(written, file);
  return { config, model: tensors, ...decodeFacts(metadata, config, file) };
}

/**
 * What stands in the metadata of a model beside its config, after a check of the forms of views against this version.
 *
 * @throws CheckpointError `STATE`
 */
export function decodeFacts(
  metadata: Readonly<Record<string, string>>,
  config: ExperimentConfig,
  file: string,
): Pick<TrainedModel, 'viewOptions' | 'step' | 'scores' | 'versions'> {
  checkForms(metadata[VIEWS_KEY], config, file);
  const step = Number(metadata[STEP_KEY] ?? 0);
  const scores = decodeObject(metadata[SCORES_KEY]);
  const areScores = scores && Object.values(scores).every((score) => typeof score === 'number');
  if (Number.isSafeInteger(step) && step >= 0 && areScores) {
    return {
      viewOptions: decodeOptions(metadata[OPTIONS_KEY], file),
      step,
      scores: scores as Record<string, number>,
      ...decodeVersions(metadata[VERSIONS_KEY], file),
    };
  }
  const message = `${file}: a whole number of steps and scores by name expected in the metadata, got ${metadata[STEP_KEY]?.slice(0, 20)} and ${metadata[SCORES_KEY]?.slice(0, 60)}. Use another file.`;
  throw new CheckpointError('STATE', message);
}

function decodeOptions(written: string | undefined, file: string): ViewOptions {
  const options = decodeObject(written);
  if (options && Object.values(options).every(isObject)) return options as ViewOptions;
  throw new CheckpointError(
    'STATE',
    `${file}: options of views must be JSON objects by view, got ${written?.slice(0, 60)}. Use another checkpoint.`,
  );
}

function decodeVersions(written: string | undefined, file: string): Pick<TrainedModel, 'versions'> {
  if (written === undefined) return {};
  const versions = decodeObject(written);
  if (versions && Object.values(versions).every((version) => typeof version === 'string')) {
    return { versions: versions as SoftwareVersions };
  }
  const message = `${file}: versions must be texts by name, got ${written.slice(0, 60)}. Use another checkpoint.`;
  throw new CheckpointError('STATE', message);
}

/** A JSON object, empty where nothing is written; `null` for anything else. */
function decodeObject(json = '{}'): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * A config as JSON, resolved by this version.
 *
 * @throws CheckpointError `STATE`
 */
export function decodeConfig(json: string, file: string): ExperimentConfig {
  try {
    return resolveConfig(JSON.parse(json), { file });
  } catch (cause) {
    if (!(cause instanceof ConfigError || cause instanceof SyntaxError)) throw cause;
    const message = `${file}: must be a resolved experiment, got one this version cannot read. ${cause.message}`;
    throw new CheckpointError('STATE', message, { cause });
  }
}

/** Tensors of a file of a checkpoint. @throws CheckpointError `TENSORS` */
export function decodeTensors(bytes: Uint8Array, file: string): Safetensors {
  try {
    return decodeSafetensors(bytes, file);
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new CheckpointError('TENSORS', cause.message, { cause });
  }
}

function formsOf({ model }: ExperimentConfig): object {
  return Object.fromEntries(viewsOf(model).map((view) => [view, VIEW_FORMS[view]]));
}

/** A spectrum on another axis would be taken without a word: the numbers fit, and mean something else. */
function checkForms(written: string | undefined, config: ExperimentConfig, file: string): void {
  const expected = canonicalJson(formsOf(config));
  if (written === undefined || written === expected) return;
  const message = `${file}: its views must be made as this version makes them, ${expected}, got ${written}. Use the version that trained it, or train again.`;
  throw new CheckpointError('STATE', message);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
