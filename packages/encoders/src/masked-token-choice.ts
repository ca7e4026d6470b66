import { TensorError } from '@bravais/tensor-core';
import { foldIn, type Key, permutation, uniform } from '@bravais/tensor-core/random';

/** What {@link maskTokens} needs to know of the tokenizer. */
export interface MaskTokensOptions {
  /** Ids of the tokenizer, V. */
  readonly vocabulary: number;
  /** Id of the token that stands for a masked one. */
  readonly maskId: number;
  /** Ids that are neither masked nor put in place of another, such as those of the begin and the end of a text. */
  readonly specialIds?: readonly number[];
  /** Share of the tokens of a text that are asked for. Default 0.15. */
  readonly rate?: number;
}

/** Texts with some tokens replaced, and what these were. */
export interface MaskedTokens {
  /** `[B, L]`. */
  readonly ids: Int32Array;
  /** `[K]`: b L + t of the tokens asked for, then -1; K depends on B, L and the rate alone. */
  readonly positions: Int32Array;
  /** `[K]`: the ids that stood there, then -1. */
  readonly targets: Int32Array;
}

/** Of the tokens asked for, the share that is masked, and the share below which it is masked or exchanged. */
const MASKED = 0.8;
const MASKED_OR_EXCHANGED = 0.9;

/**
 * Chooses 15 % of the tokens of each text, at least one, and replaces 80 % of these by the mask, 10 % by any other token and
 * leaves 10 % as they are.
 *
 * The choice follows from the key and a text's row alone, whatever the other texts are. Source: Devlin et al., NAACL 2019,
 * section 3.1.
 *
 * @param ids `[B, L]` row by row
 * @param lengths `[B]`: tokens of each text
 * @throws {TensorError} `ARGUMENT`, `SHAPE`
 *
 * @example
 * ```ts
 * const masked = maskTokens(stepKey, ids, lengths, { vocabulary: 4096, maskId: 3, specialIds: [0, 1, 2] });
 * ```
 */
export function maskTokens(
  key: Key,
  ids: Int32Array,
  lengths: Int32Array,
  options: MaskTokensOptions,
): MaskedTokens {
  const { rate = 0.15 } = options;
  const special = checkOptions({ ...options, rate });
  const texts = lengths.length;
  const length = texts === 0 ? 0 : ids.length / texts;
  if (!Number.isInteger(length) || lengths.some((count) => count < 0 || count > length)) {
    throw new TensorError(
      'SHAPE',
      `maskTokens: expected ids of ${texts} texts of one length and lengths within it, got ${ids.length} ids and lengths up to ` +
        `${lengths.reduce((most, count) => Math.max(most, count), 0)}. Fill texts up to one length.`,
    );
  }
  const ordinary = Array.from({ length: options.vocabulary }, (_, id) => id).filter((id) => !special.has(id));
  const most = length === 0 ? 0 : askedOf(length, rate);
  const positions = new Int32Array(texts * most).fill(-1);
  const targets = new Int32Array(texts * most).fill(-1);
  const changed = ids.slice();
  let asked = 0;
  for (const [text, count] of lengths.entries()) {
    const textKey = foldIn(key, text);
    const first = text * length;
    const candidates = Array.from({ length: count }, (_, t) => first + t).filter(
      (at) => !special.has(ids[at]!),
    );
    const chosen = [...permutation(foldIn(textKey, 0), candidates.length)]
      .slice(0, candidates.length === 0 ? 0 : askedOf(candidates.length, rate))
      .sort((a, b) => a - b);
    const draws = uniform(foldIn(textKey, 1), 2 * chosen.length);
    for (const [place, candidate] of chosen.entries()) {
      const at = candidates[candidate]!;
      positions[asked] = at;
      targets[asked++] = ids[at]!;
      const kind = draws[2 * place]!;
      if (kind < MASKED) changed[at] = options.maskId;
      else if (kind < MASKED_OR_EXCHANGED) {
        changed[at] = ordinary[Math.floor(draws[2 * place + 1]! * ordinary.length)]!;
      }
    }
  }
  return { ids: changed, positions, targets };
}

function askedOf(tokens: number, rate: number): number {
  return Math.max(1, Math.round(rate * tokens));
}

/** The ids that are left alone. */
function checkOptions({
  vocabulary,
  maskId,
  specialIds = [],
  rate,
}: MaskTokensOptions & { readonly rate: number }): Set<number> {
  if (!(rate > 0 && rate <= 1)) {
    throw new TensorError('ARGUMENT', `maskTokens: rate must lie above 0 and not above 1, got ${rate}.`);
  }
  const special = new Set([maskId, ...specialIds]);
  const outside = [...special].find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary));
  if (outside !== undefined || !Number.isSafeInteger(vocabulary) || special.size >= vocabulary) {
    throw new TensorError(
      'ARGUMENT',
      `maskTokens: expected special ids within a vocabulary of ${vocabulary} that has others too, got ${[...special].join(', ')}.`,
    );
  }
  return special;
}
