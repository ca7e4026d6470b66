import type { TensorSpec } from '../../autograd';
import { TensorError } from '../../errors';
import { showShape } from '../../shape';
import type { Tensor } from '../../tensor';
import { checkFloat } from '../reduce/forward';

/** @throws {TensorError} unless q, k and v are f32 `[B, L, H d]` of one shape, d at least 1 */
export function checkTokens(q: TensorSpec, k: TensorSpec, v: TensorSpec, heads: number): void {
  for (const operand of [q, k, v]) checkFloat('attention', operand);
  const same = [k, v].every(({ shape }) => shape.join() === q.shape.join());
  if (q.shape.length !== 3 || !same) {
    throw new TensorError(
      'SHAPE',
      `attention: q, k and v must have one shape [B, L, H·d], got ${[q, k, v].map(({ shape }) => showShape(shape)).join(', ')}. ` +
        'Reshape them to three axes.',
    );
  }
  const width = q.shape[2]!;
  if (!Number.isInteger(heads) || heads < 1 || width < heads || width % heads !== 0) {
    throw new TensorError(
      'ARGUMENT',
      `attention: heads must be a positive integer that divides the last extent, got ${heads} for ${showShape(q.shape)}.`,
    );
  }
}

/** Which tokens of `[B, L, …]` count; all where nothing is given. */
export interface CountedTokens<T = Tensor> {
  /** i32 `[B]`: how many at the start of each batch row; taken as 0 below 0 and as L above L. */
  readonly lengths?: T | undefined;
  /** i32 `[B, L]`: 0 for those that do not. */
  readonly mask?: T | undefined;
}

/** @throws {TensorError} unless lengths are i32 `[B]` and the mask is i32 `[B, L]` */
export function checkCounted(
  op: string,
  tokens: readonly number[],
  { lengths, mask }: CountedTokens<TensorSpec>,
): void {
  if (lengths) checkIntegers(op, 'lengths', lengths, tokens.slice(0, 1));
  if (mask) checkIntegers(op, 'mask', mask, tokens.slice(0, 2));
}

/** @throws {TensorError} unless it is i32 of the given shape */
function checkIntegers(op: string, name: string, operand: TensorSpec, shape: readonly number[]): void {
  if (operand.dtype !== 'i32') {
    throw new TensorError('DTYPE', `${op}: ${name} must be i32, got ${operand.dtype}. Cast it first.`);
  }
  if (operand.shape.join() !== shape.join()) {
    throw new TensorError(
      'SHAPE',
      `${op}: ${name} must be ${showShape(shape)} for these tokens, got ${showShape(operand.shape)}.`,
    );
  }
}

/** @throws {TensorError} unless it is a positive number */
export function checkChunkBytes(chunkBytes: number): void {
  if (chunkBytes > 0) return;
  throw new TensorError('ARGUMENT', `attention: chunkBytes must be positive, got ${chunkBytes}.`);
}
