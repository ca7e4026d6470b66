import { encodeSafetensors, type NamedTensors, type Safetensors, type ViewOptions } from '@bravais/datasets';
import { configHash } from '../config/config-hash';
import { dumpConfig } from '../config/dump-config';
import type { ExperimentConfig } from '../config/experiment-config';
import { sha256Hex } from '../config/sha256';
import { CheckpointError } from './checkpoint-error';
import { type Divergence, diagnosisFile, encodeDivergence } from './divergence';
import { modelCard } from './model-card';
import { decodeConfig, decodeFacts, decodeTensors, encodeModel } from './model-file';
import { describeEnding } from './run-ending';
import type { SoftwareVersions } from './software-versions';
import { checkTokenizer, encodeTokenizer, tokenizerFile } from './tokenizer-file';
import {
  decodeTrainerState,
  encodeTrainerState,
  type TrainerProgress,
  type TrainerState,
} from './trainer-state';

/** Files of a checkpoint folder, by name. */
export type CheckpointFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** Names of the files a checkpoint cannot do without; their digests stand in `trainer-state.json`. */
const requiredFiles = ['model.safetensors', 'optimizer.safetensors', 'config.json'] as const;

/** Names of the files that are read of a checkpoint; one without a text encoder, or from before it was kept, has no tokenizer. */
export const loadedFiles: readonly string[] = [...requiredFiles, tokenizerFile];

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
  /** Of a run that diverged; kept as `diagnosis.json`. */
  readonly divergence?: Divergence;
  /** What the run computes with. */
  readonly versions?: SoftwareVersions;
}

/** A checkpoint as it was read. */
export interface Checkpoint {
  readonly config: ExperimentConfig;
  readonly state: TrainerState;
  readonly model: NamedTensors;
  readonly optimizer: NamedTensors;
  /** Empty where nothing is known, and for models from before it was kept. */
  readonly viewOptions: ViewOptions;
  /** Of the model card. */
  readonly scores: Readonly<Record<string, number>>;
}

/**
 * Contents → the files of a checkpoint folder; the same contents give the same bytes.
 *
 * `model.safetensors` is whole by itself, see {@link encodeModel}.
 *
 * @throws DataError for tensors that cannot be stored.
 */
export async function encodeCheckpoint(contents: CheckpointContents): Promise<CheckpointFiles> {
  const { config, progress, model, optimizer, viewOptions = {}, scores = {}, divergence } = contents;
  const versions = contents.versions ? { versions: contents.versions } : {};
  const tokenizer = encodeTokenizer(model, tokenizerFile);
  const facts = {
    ...{ config, model, scores, ...progress, ...versions, hasTokenizer: tokenizer !== undefined },
    ...(divergence ? { divergence } : {}),
    ending: describeEnding(config, progress, divergence),
  };
  const hash = await configHash(config);
  const text = new TextEncoder();
  const files = new Map([
    [
      'model.safetensors',
      await encodeModel({ config, model, viewOptions, step: progress.step, scores, ...versions }),
    ],
    ['optimizer.safetensors', encodeSafetensors(optimizer)],
    ['config.json', text.encode(`${JSON.stringify(config, null, 2)}\n`)],
    ['config.yaml', text.encode(dumpConfig(config))],
    ['README.md', text.encode(modelCard(facts, 'checkpoint'))],
  ]);
  if (tokenizer !== undefined) files.set(tokenizerFile, text.encode(tokenizer));
  if (divergence) files.set(diagnosisFile, text.encode(encodeDivergence(divergence)));
  const digests = await Promise.all(
    loadedFiles.map(async (name) => {
      const bytes = files.get(name);
      return bytes ? [[name, { bytes: bytes.length, sha256: await sha256Hex(bytes) }] as const] : [];
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
    ...versions,
    files: Object.fromEntries(digests.flat()),
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
  const hasTokenizer = Object.hasOwn(state.files, tokenizerFile);
  for (const name of hasTokenizer ? loadedFiles : requiredFiles) {
    await checkDigest(fileOf(files, name, folder), state, name, folder);
  }
  const decode = (name: string): Safetensors =>
    decodeTensors(fileOf(files, name, folder), `${folder}/${name}`);
  const config = decodeConfig(decodeText(fileOf(files, 'config.json', folder)), `${folder}/config.json`);
  const { tensors, metadata } = decode('model.safetensors');
  const { viewOptions, scores } = decodeFacts(metadata, config, `${folder}/model.safetensors`);
  if (hasTokenizer) {
    const written = decodeText(fileOf(files, tokenizerFile, folder));
    checkTokenizer(written, tensors, `${folder}/${tokenizerFile}`);
  }
  const { tensors: optimizer } = decode('optimizer.safetensors');
  return { config, state, model: tensors, optimizer, viewOptions, scores };
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

function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
