import type { TextTokenizer } from '@bravais/datasets/text';
import { maskTokens } from '@bravais/encoders';
import { foldIn, type Key } from '@bravais/tensor-core/random';
import { BatchOrder } from '../data';
import type { HostTensor } from '../model';

/** A batch of texts with what is asked of them, on the host. */
export interface HostMaskedText {
  /** `[B, L]`. */
  readonly ids: HostTensor;
  /** `[B]`. */
  readonly lengths: HostTensor;
  /** `[K]`. */
  readonly positions: HostTensor;
  /** `[K]`. */
  readonly targets: HostTensor;
}

/** Streams below the key of the batches. */
const ORDER_STREAM = 0;
const MASK_STREAM = 1;

/** Where {@link maskedTokenBatches} takes texts from, and what it does with them. */
export interface MaskedTokenSource {
  readonly texts: readonly string[];
  readonly tokenizer: TextTokenizer;
  /** Lays texts out as the encoder takes them. */
  readonly layOut: (texts: readonly string[]) => Pick<HostMaskedText, 'ids' | 'lengths'>;
  readonly batchSize: number;
  readonly maskedFraction: number;
}

/** The masked texts of a step, counted from 0: a pure function of (key, step). */
export function maskedTokenBatches(key: Key, source: MaskedTokenSource): (step: number) => HostMaskedText {
  const { texts, tokenizer, layOut, batchSize, maskedFraction } = source;
  const { mask, ...others } = tokenizer.specialIds;
  const options = {
    vocabulary: tokenizer.vocabularySize,
    maskId: mask,
    specialIds: Object.values(others),
    rate: maskedFraction,
  };
  const order = new BatchOrder(foldIn(key, ORDER_STREAM), texts.length, batchSize);
  return (step) => {
    const { ids, lengths } = layOut(Array.from(order.at(step), (row) => texts[row]!));
    const masked = maskTokens(
      foldIn(foldIn(key, MASK_STREAM), step),
      ids.values as Int32Array,
      lengths.values as Int32Array,
      options,
    );
    const whole = (values: Int32Array): HostTensor => ({ shape: [values.length], values });
    return {
      ids: { shape: ids.shape, values: masked.ids },
      lengths,
      positions: whole(masked.positions),
      targets: whole(masked.targets),
    };
  };
}
