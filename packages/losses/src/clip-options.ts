import type { Tensor } from '@bravais/tensor-core';
import { LossError } from './errors';
import type { Direction } from './ops/info-nce';
import { checkPresence, type Presence } from './presence';

/** 1/τ: fixed, or learned as a tensor that holds log(1/τ), clamped to at most log 100. */
export type LogitScale = { readonly temperature: number } | { readonly logScale: Tensor };

/** Options of `clip`, `allPairsClip` and `anchoredClip`. */
export type ClipOptions = LogitScale & {
  /** Which materials have which modality. Default: all have all. */
  readonly presence?: Presence;
  /**
   * Whose rows are queries: those of both modalities (default), only of the first of a pair (`forward`), or only of the
   * second (`backward`).
   */
  readonly direction?: Direction;
  /** m in [0, 2]: a pair's own cosine is lowered by it, in the numerator and in the sum (CosFace). Default 0. */
  readonly margin?: number;
  /** Rows that have only one of the two: left out (`ignore`, default), or further `negatives` for the queries of the other. */
  readonly unpaired?: 'ignore' | 'negatives';
  /** Most bytes of logits in memory at a time. Default 64 MiB, all logits of B = 4,096. */
  readonly chunkBytes?: number;
};

/** Least fixed temperature: float32 tells cosines apart by 6e-8, and logits are cosines / τ. */
const LEAST_TEMPERATURE = 1e-6;

/** @throws {LossError} `OPTION`, and what `checkPresence` throws */
export function checkClipOptions(
  loss: string,
  options: ClipOptions,
  names: readonly string[],
  batch: number,
): void {
  const { presence = {}, direction = 'both', margin = 0, unpaired = 'ignore', chunkBytes = 1 } = options;
  checkPresence(loss, presence, names, batch);
  checkScale(loss, options);
  const expect = (holds: boolean, expected: string, got: unknown): void => {
    if (!holds) throw new LossError('OPTION', `${loss}: expected ${expected}, got ${String(got)}.`);
  };
  expect(
    ['both', 'forward', 'backward'].includes(direction),
    'direction both, forward or backward',
    direction,
  );
  expect(['ignore', 'negatives'].includes(unpaired), 'unpaired ignore or negatives', unpaired);
  expect(margin >= 0 && margin <= 2, 'a margin from 0 to 2, the most that two cosines differ by', margin);
  expect(chunkBytes > 0, 'chunkBytes as a positive number', chunkBytes);
}

/** @throws {LossError} `OPTION` unless there is one of a learned scale and a temperature that logits can be made with */
function checkScale(loss: string, options: ClipOptions): void {
  const [fixed, learned] = ['temperature' in options, 'logScale' in options];
  if (fixed === learned) {
    throw new LossError(
      'OPTION',
      `${loss}: expected temperature or logScale, got ${fixed ? 'both' : 'neither'}. Fix one or learn the other.`,
    );
  }
  if (!('temperature' in options)) return;
  const { temperature } = options;
  if (!(temperature >= LEAST_TEMPERATURE && temperature < Number.POSITIVE_INFINITY)) {
    throw new LossError(
      'OPTION',
      `${loss}: expected a temperature of ${LEAST_TEMPERATURE} or more, finite, got ${temperature}. Usual are 0.05 to 0.5.`,
    );
  }
}
