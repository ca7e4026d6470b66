import { DataError } from '../data-error';
import { elementOf } from '../elements/element';
import { FORM_FACTOR_ROWS } from './form-factor-rows';

/** The heaviest element of the table: californium. */
const HEAVIEST = 98;

/** [98][11] a₁ … a₅, c, b₁ … b₅. */
const COEFFICIENTS: readonly (readonly number[])[] = FORM_FACTOR_ROWS.trim()
  .split('\n')
  .map((row) => row.split(' ').slice(1).map(Number));

/**
 * f(s) = c + Σ_i a_i exp(−b_i s²), s = sin θ / λ: how strongly a neutral atom scatters X-rays, in electrons.
 *
 * Without anomalous dispersion, so f(0) is the atomic number (to 0.04, as fitted).
 *
 * @param sinThetaByWavelength s in Å⁻¹, fitted for 0 to 6
 * @param where names the structure in errors
 * @throws {DataError} `DATA_UNSUPPORTED` above californium (98)
 * @see Waasmaier and Kirfel, Acta Cryst. A 51, 416 (1995), equation 1
 *
 * @example
 * ```ts
 * formFactor(14, 0.5); // 6.24 electrons of silicon
 * ```
 */
export function formFactor(
  atomicNumber: number,
  sinThetaByWavelength: number,
  where = 'form factor',
): number {
  const row = COEFFICIENTS[atomicNumber - 1];
  if (row === undefined) {
    throw new DataError(
      'DATA_UNSUPPORTED',
      where,
      `elements 1 to ${HEAVIEST} expected, got ${elementOf(atomicNumber)?.symbol ?? atomicNumber}. Form factors of heavier ones are not tabulated.`,
    );
  }
  const square = sinThetaByWavelength ** 2;
  let electrons = row[5]!;
  for (let i = 0; i < 5; i++) electrons += row[i]! * Math.exp(-row[6 + i]! * square);
  return electrons;
}
