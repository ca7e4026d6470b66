import {
  cast,
  concat,
  max,
  notEqual,
  pad,
  reshape,
  showShape,
  sqrt,
  type Tensor,
  TensorError,
  where,
} from '@bravais/tensor-core';

/** How a spectrum is cut into patches. */
export interface PatchOptions {
  readonly bins: number;
  readonly patch: number;
  readonly partial?: boolean;
}

/** Inputs of the tokens of a spectrum. */
export interface SpectrumPatches {
  /** `[B, tokens, 2 patch]`: bins and their roots, and with `partial` which are known. */
  readonly values: Tensor;
  /** i32 `[B, tokens]`, 1 where something is known; nothing where all is. */
  readonly mask: Tensor | undefined;
}

/**
 * [p, √p] of each patch of bins, or [p, √p, known].
 *
 * @param hasCls counts one more token in front
 * @throws {TensorError} `SHAPE`, `ARGUMENT`
 */
export function spectrumPatches(
  spectrum: Tensor,
  known: Tensor | null,
  { bins, patch, partial = false }: PatchOptions,
  hasCls: boolean,
): SpectrumPatches {
  for (const [name, operand] of [['spectrum', spectrum] as const, ['known', known] as const]) {
    if (!operand || (operand.rank === 2 && operand.shape[1] === bins)) continue;
    throw new TensorError(
      'SHAPE',
      `spectrumTransformer: ${name} must be [B, ${bins}], got ${showShape(operand.shape)}. Resample it to the grid of the encoder.`,
    );
  }
  if (partial !== (known !== null)) {
    const [expected, got] = partial ? ['known bins', 'none'] : ['no known bins', 'some'];
    throw new TensorError(
      'ARGUMENT',
      `spectrumTransformer: expected ${expected} for options.partial = ${partial}, got ${got}. Set partial where the parameters are made.`,
    );
  }
  const patches = (x: Tensor): Tensor => inPatches(x, patch);
  if (!known) {
    const p = patches(spectrum);
    return { values: concat([p, sqrt(p)], 2), mask: undefined };
  }
  const isKnown = patches(notEqual(known, 0));
  const p = where(isKnown, patches(spectrum), 0);
  const counted = max(isKnown, 2);
  return {
    values: concat([p, sqrt(p), isKnown], 2),
    mask: cast(hasCls ? pad(counted, CLS_COUNTS, 1) : counted, 'i32'),
  };
}

const CLS_COUNTS = [
  [0, 0],
  [1, 0],
] as const;

/** `[B, bins]` to `[B, tokens, patch]`, zeros at the end. */
function inPatches(x: Tensor, patch: number): Tensor {
  const [batch, bins] = x.shape as readonly [number, number];
  const tokens = Math.ceil(bins / patch);
  const missing = tokens * patch - bins;
  const whole =
    missing === 0
      ? x
      : pad(x, [
          [0, 0],
          [0, missing],
        ]);
  return reshape(whole, [batch, tokens, patch]);
}
