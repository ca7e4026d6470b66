import { type ReferenceTensor, referenceTensor } from '@bravais/tensor-core/testing';
import type { BesselExpansionAttrs } from '.';

/** 1 − (p+1)(p+2)/2 x^p + p(p+2) x^(p+1) − p(p+1)/2 x^(p+2) below 1, as DimeNet writes it. */
export function envelopeReference(x: number, p: number): number {
  if (x >= 1) return 0;
  return 1 - ((p + 1) * (p + 2) * x ** p) / 2 + p * (p + 2) * x ** (p + 1) - (p * (p + 1) * x ** (p + 2)) / 2;
}

/** √(2/c) sin(n π d/c) / d under the envelope. */
export function besselFunction(n: number, d: number, c: number, p: number): number {
  const ratio = d === 0 ? (n * Math.PI) / c : Math.sin((n * Math.PI * d) / c) / d;
  return Math.sqrt(2 / c) * ratio * envelopeReference(d / c, p);
}

/** Every function of every distance in float64. */
export function besselExpansionReference(
  [distance]: readonly ReferenceTensor[],
  { functions, cutoffAngstrom, exponent, transposed }: BesselExpansionAttrs,
): ReferenceTensor {
  const { data } = distance!;
  const shape = transposed ? [functions, data.length] : [data.length, functions];
  return referenceTensor(shape, ([row, column]) => {
    const [k, n] = transposed ? [column!, row! + 1] : [row!, column! + 1];
    return besselFunction(n, data[k]!, cutoffAngstrom, exponent);
  });
}
