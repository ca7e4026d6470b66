import { describe, expect, it } from 'vitest';
import { DataError } from '../data-error';
import { formFactor } from './form-factor';

const ELEMENTS = Array.from({ length: 98 }, (_, i) => i + 1);

describe('an atomic form factor', () => {
  it.each(ELEMENTS)('of element %i is its electrons forward, and falls with the angle', (z) => {
    expect(Math.abs(formFactor(z, 0) - z)).toBeLessThan(0.04);
    for (let s = 0.05; s < 3; s += 0.05) {
      expect(formFactor(z, s)).toBeLessThan(formFactor(z, s - 0.05));
      expect(formFactor(z, s)).toBeGreaterThan(-0.01);
    }
  });

  it('rises with the atomic number, at every angle', () => {
    for (const s of [0, 0.2, 0.5, 1, 2]) {
      for (const z of ELEMENTS.slice(2)) expect(formFactor(z, s)).toBeGreaterThan(formFactor(z - 2, s));
    }
  });

  it.each([
    // International Tables C, table 6.1.1.1 (Hartree–Fock).
    [6, 0.5, 1.685],
    [11, 0.3, 6.88],
    [14, 0.5, 6.24],
    [17, 0.5, 7.31],
    [26, 0.3, 16.77],
  ])('of element %i at s = %d is %d', (z, s, f) => {
    expect(Math.abs(formFactor(z, s) - f)).toBeLessThan(0.05);
  });

  it('is not known beyond californium', () => {
    expect(() => formFactor(99, 0.1, 'cif')).toThrow(DataError);
    expect(() => formFactor(99, 0.1, 'cif')).toThrow('cif elements 1 to 98 expected, got Es');
  });
});
