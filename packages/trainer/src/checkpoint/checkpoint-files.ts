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
import { dumpConfig } from '../config/dump-config';
import type { ExperimentConfig } from '../config/experiment-config';
import { resolveConfig } from '../config/resolve-config';
import { sha256Hex } from '../config/sha256';
import { viewsOf } from '../model/views';
import { CheckpointError } from './checkpoint-error';
import { modelCard } from './model-card';
import {
  decodeTrainerState,
  encodeTrainerState,
  type TrainerProgress,
  type TrainerState,
} from './trainer-state';

/** Files of a checkpoint folder, by name. */
export type CheckpointFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Names of the files a checkpoint cannot do without; their digests stand in `trainer-state.json`. */
export const loadedFiles = ['model.safetensors', 'optimizer.safetensors', 'config.json'] as const;

/** The file whose digests say that a checkpoint is complete. */
export const stateFile = 'trainer-state.json';

/** Everything a checkpoint keeps. */
export interface CheckpointContents {
  readonly config: ExperimentConfig;
  readonly progress: TrainerProgress;
  /** Weights and running statistics. */
  readonly model: NamedTensors;
  /** Moments and counters of the optimiser. */
  readonly optimizer: NamedTensors;
  /** How the views of the training data were made, as far as their source says. */
  readonly viewOptions?: ViewOptions;
  /** Scores for the model card, by metric name. */
  readonly scores?: Readonly<Record<string, number>>;
}

/** A checkpoint as it was read. */
export interface Checkpoint {
  readonly config: ExperimentConfig;
  readonly state: TrainerState;
  readonly model: NamedTensors;
  readonly optimizer: NamedTensors;
  /** Empty where nothing is known, and for models from before it was kept. */
  readonly viewOptions: ViewOptions;
}

/**
 * Contents → the files of a checkpoint folder; the same contents give the same bytes.
 *
 * The config also stands in the metadata of `model.safetensors`, and so do the forms of the views that were aligned, so the weights never
 * part from how their input was made.
 *
 * @throws DataError for tensors that cannot be stored.
 */
export async function encodeCheckpoint(contents: CheckpointContents): Promise<CheckpointFiles> {
  const { config, progress, model, optimizer, viewOptions = {}, scores = {} } = contents;
  const hash = await configHash(config);
  const text = new TextEncoder();
  const files = new Map([
    [
      'model.safetensors',
      encodeSafetensors(model, {
        'bravais.config': canonicalJson(config),
        'bravais.configHash': hash,
        [VIEWS_KEY]: canonicalJson(formsOf(config)),
        [OPTIONS_KEY]: canonicalJson(viewOptions),
      }),
    ],
    ['optimizer.safetensors', encodeSafetensors(optimizer)],
    ['config.json', text.encode(`${JSON.stringify(config, null, 2)}\n`)],
    ['config.yaml', text.encode(dumpConfig(config))],
    ['README.md', text.encode(modelCard({ config, progress, model, scores }))],
  ]);
  const digests = await Promise.all(
    loadedFiles.map(async (name) => {
      const bytes = files.get(name)!;
      return [name, { bytes: bytes.length, sha256: await sha256Hex(bytes) }] as const;
    }),
  );
  const { step, epoch, stepInEpoch, seed, adapter, best } = progress;
  const state: TrainerState = {
    formatVersion: 1,
    step,
    epoch,
    stepInEpoch,
    seed,
    adapter,
    best,
    configHash: hash,
    files: Object.fromEntries(digests),
  };
  return files.set(stateFile, text.encode(encodeTrainerState(state)));
}

/**
 * Files of a checkpoint folder → contents, after size and SHA-256 of every loaded file were checked.
 *
 * `folder` names the checkpoint in messages.
 *
 * @throws CheckpointError `MISSING_FILE`, `STATE` (also where views were made in another way), `TRUNCATED`, `CHECKSUM`, or `TENSORS` where {@link decodeSafetensors} refuses a file.
 */
export async function decodeCheckpoint(files: CheckpointFiles, folder = 'checkpoint'): Promise<Checkpoint> {
  const state = decodeTrainerState(decodeText(fileOf(files, stateFile, folder)), `${folder}/${stateFile}`);
  for (const name of loadedFiles) await checkDigest(fileOf(files, name, folder), state, name, folder);
  const decode = (name: string): Safetensors =>
    decodeTensors(fileOf(files, name, folder), `${folder}/${name}`);
  const config = decodeConfig(fileOf(files, 'config.json', folder), `${folder}/config.json`);
  const { tensors, metadata } = decode('model.safetensors');
  checkForms(metadata[VIEWS_KEY], config, `${folder}/model.safetensors`);
  const viewOptions = optionsOf(metadata[OPTIONS_KEY], `${folder}/model.safetensors`);
  return { config, state, model: tensors, optimizer: decode('optimizer.safetensors').tensors, viewOptions };
}

/** Metadata key of the forms of the views that a model aligns; models from before it was there have the forms of today. */
const VIEWS_KEY = 'bravais.views';

/** Metadata key of the options that the views were made with. */
const OPTIONS_KEY = 'bravais.viewOptions';

function optionsOf(written: string | undefined, file: string): ViewOptions {
  try {
    const options: unknown = JSON.parse(written ?? '{}');
    if (isObject(options) && Object.values(options).every(isObject)) return options as ViewOptions;
  } catch {
    // Said below, as for JSON that is something else.
  }
  throw new CheckpointError(
    'STATE',
    `${file}: options of views must be JSON objects by view, got ${written?.slice(0, 60)}. Use another checkpoint.`,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

function fileOf(files: CheckpointFiles, name: string, folder: string): Uint8Array<ArrayBuffer> {
  const bytes = files.get(name);
  if (bytes) return bytes;
  const message = `${folder}: a checkpoint must hold ${name}, got a folder without it. Use another checkpoint, or copy this one whole.`;
  throw new CheckpointError('MISSING_FILE', message);
}

async function checkDigest(
  bytes: Uint8Array<ArrayBuffer>,
  state: TrainerState,
  name: string,
  folder: string,
): Promise<void> {
  const written = Object.hasOwn(state.files, name) ? state.files[name] : undefined;
  if (!written) {
    const message = `${folder}/${stateFile}: files must list ${name}, got ${Object.keys(state.files).join(', ') || 'none'}. Use another checkpoint.`;
    throw new CheckpointError('STATE', message);
  }
  if (bytes.length < written.bytes) {
    const message = `${folder}/${name}: must be ${written.bytes} bytes, got ${bytes.length}. The file was cut short; copy it again or use an older checkpoint.`;
    throw new CheckpointError('TRUNCATED', message);
  }
  const sha256 = await sha256Hex(bytes);
  if (sha256 !== written.sha256) {
    const message = `${folder}/${name}: must have SHA-256 ${written.sha256}, got ${sha256}. The file was changed after it was written; copy it again or use an older checkpoint.`;
    throw new CheckpointError('CHECKSUM', message);
  }
}

function decodeTensors(bytes: Uint8Array, file: string): Safetensors {
  try {
    return decodeSafetensors(bytes, file);
  } catch (cause) {
    if (!(cause instanceof DataError)) throw cause;
    throw new CheckpointError('TENSORS', cause.message, { cause });
  }
}

function decodeConfig(bytes: Uint8Array, file: string): ExperimentConfig {
  try {
    return resolveConfig(JSON.parse(decodeText(bytes)), { file });
  } catch (cause) {
    if (!(cause instanceof ConfigError || cause instanceof SyntaxError)) throw cause;
    const message = `${file}: must be a resolved experiment, got one this version cannot read. ${cause.message}`;
    throw new CheckpointError('STATE', message, { cause });
  }
}

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
