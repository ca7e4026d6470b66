import { showShape, TensorError, type TensorSpec } from '@bravais/tensor-core';

/** @throws {TensorError} unless both are f32 `[B, D]` with something in them */
export function checkEmbeddings(a: TensorSpec, b: TensorSpec): void {
  if (a.dtype !== 'f32' || b.dtype !== 'f32') {
    throw new TensorError(
      'DTYPE',
      `infoNce: embeddings must be f32, got ${a.dtype} and ${b.dtype}. Cast them first.`,
    );
  }
  const [batch = 0, columns = 0] = a.shape;
  const same = b.shape.length === 2 && b.shape[0] === batch && b.shape[1] === columns;
  if (a.shape.length !== 2 || !same || batch === 0 || columns === 0) {
    throw new TensorError(
      'SHAPE',
      `infoNce: expected two embeddings of one shape [B, D] with at least one row and column, got ${showShape(a.shape)} and ${showShape(b.shape)}. Rows with the same index belong together.`,
    );
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
