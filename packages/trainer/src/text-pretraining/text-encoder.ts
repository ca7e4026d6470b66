import type { TextTokenizer } from '@bravais/datasets/text';
import type { Checkpoint } from '../checkpoint';
import { type AlignmentModel, ModelError, type TextTransformerConfig, type ViewSource } from '../model';
import { viewSource } from '../model/preprocessing';
import { tokenizerOf } from '../model/view-encoders/fitted-tokenizer';
import { storedPreprocessing } from '../training/model-tensors';
import { TrainingError } from '../training/training-error';

/** The view whose encoder reads tokens. */
export const TEXT_VIEW = 'description';

/** Name of the parameter that only masked-token training has. */
export const HEAD_BIAS = 'maskedTokens.bias';

/** Whether a checkpoint is one of masked-token training, not of the alignment. */
export function isTextCheckpoint({ model }: Pick<Checkpoint, 'model'>): boolean {
  return model.has(HEAD_BIAS);
}

/**
 * The text encoder of a model, and the tokenizer that it reads with.
 *
 * @throws {ModelError} `VIEW_MISSING` where there is none
 */
export function textEncoderOf({ config, preprocessing }: AlignmentModel): {
  readonly config: TextTransformerConfig;
  readonly source: ViewSource;
  readonly tokenizer: TextTokenizer;
} {
  const encoder = config.model.views[TEXT_VIEW];
  if (encoder?.kind !== 'text-transformer') {
    throw new ModelError(
      'VIEW_MISSING',
      `textPretraining: model.views.${TEXT_VIEW} of kind text-transformer expected, got ${encoder?.kind ?? 'none'}. Name it, or leave textPretraining out.`,
    );
  }
  const source = viewSource(preprocessing, TEXT_VIEW);
  return { config: encoder, source, tokenizer: tokenizerOf(source) };
}

/**
 * Refuses weights whose token ids mean something else.
 *
 * @throws {TrainingError} `TOKENIZER_MISMATCH`
 */
export function requireSameTokenizer(
  { preprocessing }: Pick<AlignmentModel, 'preprocessing'>,
  checkpoint: Pick<Checkpoint, 'config' | 'model'>,
): void {
  const own = preprocessing.views?.[TEXT_VIEW]?.tokenizer;
  const stored = storedPreprocessing(checkpoint).views?.[TEXT_VIEW]?.tokenizer;
  const isSame = own?.length === stored?.length && own?.every((word, at) => word === stored?.[at]);
  if (own && isSame) return;
  throw new TrainingError(
    'TOKENIZER_MISMATCH',
    `textPretraining: the checkpoint must have the tokenizer of the training texts (${own?.length ?? 0} words of 4 bytes), got ${stored ? `another (${stored.length})` : 'none'}. The texts have changed since: start anew without --resume.`,
  );
}
