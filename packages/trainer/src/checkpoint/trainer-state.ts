import { z } from 'zod';
import type { JsonSchema } from '../config/json-schema';
import { schemaIssues } from '../config/schema-issues';
import { CheckpointError } from './checkpoint-error';
import type { SoftwareVersions } from './software-versions';

/** The best evaluation so far. */
export interface BestScore {
  /** Metric as in `training.keepBest`. */
  readonly metric: string;
  readonly value: number;
  /** Step after which it was measured. */
  readonly step: number;
}

/** Where a run stands. All randomness is keyed by seed, epoch and step, so there is no generator state to keep. */
export interface TrainerProgress {
  /** Optimiser steps done. */
  readonly step: number;
  /** Epoch the next step belongs to, from 0. */
  readonly epoch: number;
  /** Steps of that epoch already done. */
  readonly stepInEpoch: number;
  readonly seed: number;
  /** The device the run computes on: another may give other bits. */
  readonly adapter: string;
  readonly best: BestScore | null;
}

/** Size and digest of one file of the checkpoint. */
export interface FileDigest {
  readonly bytes: number;
  /** SHA-256, hexadecimal. */
  readonly sha256: string;
}

/** Contents of `trainer-state.json`: progress, the config it belongs to, and the digests that make the folder complete. */
export interface TrainerState extends TrainerProgress {
  readonly formatVersion: 1;
  readonly configHash: string;
  /** What wrote the checkpoint; absent where that was not told, and in checkpoints from before it was kept. */
  readonly versions?: SoftwareVersions;
  readonly files: Readonly<Record<string, FileDigest>>;
}

const index = () => z.int().min(0);
const digest = () => z.string().regex(/^[0-9a-f]{64}$/);

const stateSchema: z.ZodType<TrainerState> = z.strictObject({
  formatVersion: z.literal(1),
  step: index(),
  epoch: index(),
  stepInEpoch: index(),
  seed: z.int().min(0).max(0xffff_ffff),
  adapter: z.string(),
  best: z.strictObject({ metric: z.string(), value: z.number(), step: index() }).nullable(),
  configHash: digest(),
  versions: z.record(z.string(), z.string()).exactOptional(),
  files: z.record(z.string(), z.strictObject({ bytes: index(), sha256: digest() })),
});

/** `trainer-state.json` as text: two-space JSON, one newline at the end. */
export function encodeTrainerState(state: TrainerState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}

/**
 * Reads `trainer-state.json`.
 *
 * @throws CheckpointError `STATE`, one line a fault.
 */
export function decodeTrainerState(text: string, file: string): TrainerState {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const message = `${file}: must be JSON, got text that is not. The file was cut short or edited; use an older checkpoint.`;
    throw new CheckpointError('STATE', message, { cause });
  }
  const result = stateSchema.safeParse(json);
  if (result.success) return result.data;
  const schema = z.toJSONSchema(stateSchema) as JsonSchema;
  const issues = schemaIssues(result.error.issues, json, schema, () => `${file}:`);
  const remedy = 'Use a checkpoint written by this version.';
  throw new CheckpointError('STATE', issues.map(({ message }) => `${message} ${remedy}`).join('\n'));
}
