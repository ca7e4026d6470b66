import { divide, multiply, type Rational, sign, subtract, ZERO } from './rational';

/** What a system of linear equations has: one solution, none, or infinitely many. */
export type ExactSolution =
  | { readonly kind: 'one'; readonly values: readonly Rational[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'many' };

/**
 * Σ_j a_ij x_j = b_i without rounding, by Gauss-Jordan elimination over fractions.
 *
 * @param rows each equation: its coefficients, then b
 */
export function solveExactly(rows: readonly (readonly Rational[])[], unknowns: number): ExactSolution {
  const work = rows.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < unknowns; column++) {
    const pivot = work.findIndex((row, index) => index >= rank && sign(row[column]!) !== 0);
    if (pivot === -1) continue;
    [work[rank], work[pivot]] = [work[pivot]!, work[rank]!];
    const lead = work[rank]![column]!;
    const normal = work[rank]!.map((value) => divide(value, lead));
    work[rank] = normal;
    for (const [index, row] of work.entries()) {
      const factor = row[column]!;
      if (index === rank || sign(factor) === 0) continue;
      work[index] = row.map((value, k) => subtract(value, multiply(factor, normal[k] ?? ZERO)));
    }
    rank++;
  }
  if (work.slice(rank).some((row) => sign(row[unknowns]!) !== 0)) return { kind: 'none' };
  if (rank < unknowns) return { kind: 'many' };
  return { kind: 'one', values: work.slice(0, unknowns).map((row) => row[unknowns]!) };
}
