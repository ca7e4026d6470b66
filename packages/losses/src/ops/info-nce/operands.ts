import { showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';

/** @throws {TensorError} unless both are f32 `[rows, D]` with something in them and P rows or more */
export function checkEmbeddings(a: TensorSpec, b: TensorSpec, pairs: number): void {
  if (a.dtype !== 'f32' || b.dtype !== 'f32') {
    throw new TensorError(
      'DTYPE',
      `infoNce: embeddings must be f32, got ${a.dtype} and ${b.dtype}. Cast them first.`,
    );
  }
  const columns = a.shape[1] ?? 0;
  const fits = [a, b].every(
    ({ shape }) => shape.length === 2 && shape[0]! >= pairs && shape[1] === columns && columns > 0,
  );
  if (!fits || !Number.isInteger(pairs) || pairs < 1) {
    throw new TensorError(
      'SHAPE',
      `infoNce: expected two embeddings [B, D] of ${pairs} paired rows or more, of the same D, with at least one row and ` +
        `column, got ${showShape(a.shape)} and ${showShape(b.shape)}. Rows with the same index belong together.`,
    );
  }
}

/** @throws {TensorError} unless it is a number ≥ 0 */
export function checkMargin(margin: number): void {
  if (!(margin >= 0 && margin < Number.POSITIVE_INFINITY)) {
    throw new TensorError('ARGUMENT', `infoNce: margin must be finite and not negative, got ${margin}.`);
  }
}

/** @throws {TensorError} unless there is one learned value, or a positive number */
export function checkScale(logScale: TensorSpec | undefined, scale: number): void {
  if (logScale && (logScale.dtype !== 'f32' || logScale.shape.some((extent) => extent !== 1))) {
    throw new TensorError(
      'SHAPE',
      `infoNce: logScale must be one f32 value, got ${logScale.dtype} ${showShape(logScale.shape)}.`,
    );
  }
  if (!logScale && !(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    throw new TensorError(
      'ARGUMENT',
      `infoNce: 1 / temperature must be positive and finite, got ${scale}. Use 0.05 to 0.5 as the temperature.`,
    );
  }
}
