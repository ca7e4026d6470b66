import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateCoordinate, evaluateOrbit } from './orbit';

describe('orbit', () => {
  it('reads sums of fractions and multiples of free parameters', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -3, max: 3 }),
        fc.integer({ min: 0, max: 11 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (factor, twelfths, x) => {
          const sign = factor < 0 ? '-' : '';
          const text = `${sign}${Math.abs(factor)}x+${twelfths}/12`;
          expect(evaluateCoordinate(text, new Map([['x', x]]))).toBeCloseTo(factor * x + twelfths / 12, 12);
        },
      ),
    );
    const parameters = new Map([
      ['x', 0.1],
      ['z1', 0.3],
    ]);
    expect(evaluateOrbit(['x,-x+1/2,2x', '-z1,3/4,0'], parameters)).toEqual([0.1, 0.4, 0.2, -0.3, 0.75, 0]);
  });

  it.each(['', 'x+', '--x', 'x*2', '1/2 ', 'y', 'X'])('refuses "%s"', (text) => {
    expect(() => evaluateCoordinate(text, new Map([['x', 0.1]]))).toThrow(RangeError);
  });
});
