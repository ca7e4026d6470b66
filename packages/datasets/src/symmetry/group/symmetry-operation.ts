/** x' = W x + w on fractional coordinates. */
export interface SymmetryOperation {
  /** [3, 3] integers, row by row. */
  readonly rotation: readonly number[];
  /** [3] in [0, 1). */
  readonly translation: readonly number[];
}

/** x, y, z. */
export const IDENTITY: SymmetryOperation = { rotation: [1, 0, 0, 0, 1, 0, 0, 0, 1], translation: [0, 0, 0] };

/** Translations of space groups are multiples of 1/24 in every setting in use. */
const STEPS = 24;
/** A rounded decimal (0.333) this close to such a multiple stands for it. */
const ROUNDING = 5e-4;

/** w mod 1, put on the nearest multiple of 1/24 where it is one up to rounding. */
export function tidyTranslation(w: number): number {
  const wrapped = w - Math.floor(w);
  const nearest = Math.round(wrapped * STEPS) / STEPS;
  const exact = Math.abs(wrapped - nearest) <= ROUNDING ? nearest : wrapped;
  return exact < 1 ? exact : 0;
}

/** A ∘ B: first B, then A. */
export function compose(a: SymmetryOperation, b: SymmetryOperation): SymmetryOperation {
  return {
    rotation: multiply(a.rotation, b.rotation),
    translation: applyTo(a, b.translation).map(tidyTranslation),
  };
}

/** W x + w, not wrapped. */
export function applyTo({ rotation: r, translation: t }: SymmetryOperation, x: ArrayLike<number>): number[] {
  return [0, 1, 2].map((i) => r[3 * i]! * x[0]! + r[3 * i + 1]! * x[1]! + r[3 * i + 2]! * x[2]! + t[i]!);
}

/** [3, 3] · [3, 3]. */
export function multiply(a: readonly number[], b: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [3 * Math.floor(k / 3), k % 3];
    return a[i]! * b[j]! + a[i + 1]! * b[3 + j]! + a[i + 2]! * b[6 + j]!;
  });
}

/** Determinant of [3, 3]. */
export function determinant(m: readonly number[]): number {
  return (
    m[0]! * (m[4]! * m[8]! - m[5]! * m[7]!) -
    m[1]! * (m[3]! * m[8]! - m[5]! * m[6]!) +
    m[2]! * (m[3]! * m[7]! - m[4]! * m[6]!)
  );
}

/** Equal for operations that differ by a lattice translation only. */
export function operationKey({ rotation, translation }: SymmetryOperation): string {
  return `${rotation.join(',')};${translation.map((w) => Math.round(w * 1e4) % 1e4).join(',')}`;
}
