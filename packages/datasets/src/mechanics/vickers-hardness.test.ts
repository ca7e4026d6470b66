import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { chenHardnessGPa, tianHardnessGPa } from './vickers-hardness';

describe('Vickers hardness from moduli', () => {
  // 7 %: tabulated moduli differ that much between sources.
  it.each([
    ['diamond', 442, 535.5, 95.7],
    ['cubic BN', 400, 409, 65.3],
    ['Si', 97.9, 66.6, 11.2],
  ])('of %s is near what the authors of the first formula compute', (_, bulk, shear, printed) => {
    expect(Math.abs(chenHardnessGPa(bulk, shear) / printed - 1)).toBeLessThan(0.07);
    expect(Math.abs(tianHardnessGPa(bulk, shear) / printed - 1)).toBeLessThan(0.07);
  });

  const moduli = fc.double({ min: 1, max: 600, noNaN: true });
  test.prop([moduli, moduli, fc.double({ min: 1.01, max: 3, noNaN: true })])(
    'grows with shear, falls with bulk modulus',
    (bulk, shear, factor) => {
      for (const hardness of [chenHardnessGPa, tianHardnessGPa]) {
        expect(hardness(bulk, factor * shear)).toBeGreaterThan(hardness(bulk, shear));
        expect(hardness(factor * bulk, shear)).toBeLessThan(hardness(bulk, shear));
      }
    },
  );
});
