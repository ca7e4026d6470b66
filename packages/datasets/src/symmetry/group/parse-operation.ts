import { determinant, type SymmetryOperation, tidyTranslation } from './symmetry-operation';

/** One summand: sign, coefficient or fraction, axis: `-x`, `+1/2`, `2*y`, `0.5`, `1/3z`. */
const TERM = /([+-]?)(\d+(?:\.\d*)?|\.\d+)?(?:\/(\d+(?:\.\d*)?))?\*?([xyz])?/y;
const MAX_LENGTH = 100;

/**
 * Operation of a coordinate triplet such as `-y, x-y, z+1/3`; `undefined` where it is none.
 *
 * The rotation must be of whole numbers with determinant ±1, as in every crystallographic setting.
 */
export function parseOperation(text: string): SymmetryOperation | undefined {
  const parts = parseTriplet(text);
  if (parts === undefined) return undefined;
  const { rotation, translation } = parts;
  if (!rotation.every(Number.isInteger) || Math.abs(determinant(rotation)) !== 1) return undefined;
  return { rotation, translation: translation.map(tidyTranslation) };
}

/** Matrix and shift of a coordinate triplet, whatever they are. */
export function parseTriplet(text: string): { rotation: number[]; translation: number[] } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const rows = text.replace(/\s+/g, '').toLowerCase().split(',');
  if (rows.length !== 3) return undefined;
  const parsed = rows.map(parseRow);
  if (parsed.some((row) => row === undefined)) return undefined;
  return {
    rotation: parsed.flatMap((row) => row!.slice(0, 3)),
    translation: parsed.map((row) => row![3]!),
  };
}

/** Coefficients of x, y, z and the constant. */
function parseRow(text: string): number[] | undefined {
  const sums = [0, 0, 0, 0];
  if (text === '') return undefined;
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const start = TERM.lastIndex;
    const [whole, sign, number, divisor, axis] = TERM.exec(text) ?? [''];
    const isFirst = start === 0;
    if (whole === '' || (number === undefined && (divisor !== undefined || axis === undefined)))
      return undefined;
    if (sign === '' && !isFirst) return undefined;
    const value = Number(number ?? 1) / Number(divisor ?? 1);
    if (!Number.isFinite(value)) return undefined;
    sums[axis === undefined ? 3 : 'xyz'.indexOf(axis)]! += sign === '-' ? -value : value;
    TERM.lastIndex = start + whole.length;
  }
  return sums;
}
