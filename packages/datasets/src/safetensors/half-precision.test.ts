import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from './half-precision';

const formats = [
  ['float16', float16Bits, float16Value, 0x7c00],
  ['bfloat16', bfloat16Bits, bfloat16Value, 0x7f80],
] as const;

describe.each(formats)('%s', (_name, toBits, toValue, infinity) => {
  it('every value is written back as the same bits', () => {
    for (let bits = 0; bits < 0x1_0000; bits++) {
      const value = toValue(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(toValue(toBits(value)))).toBe(true);
      else if (toBits(value) !== bits) expect.fail(`${bits} became ${toBits(value)}`);
    }
  });

  property.prop([fc.float({ noNaN: true, noDefaultInfinity: true })], { numRuns: 2000 })(
    'the nearest value is chosen, of two the one with an even last bit',
    (value) => {
      const bits = toBits(value);
      const magnitude = bits & 0x7fff;
      if (magnitude === infinity) return;
      const error = Math.abs(toValue(bits) - value);
      for (const neighbour of [magnitude - 1, magnitude + 1]) {
        if (neighbour < 0 || neighbour >= infinity) continue;
        const other = Math.abs(toValue((bits & 0x8000) | neighbour) - value);
        expect(error).toBeLessThanOrEqual(other);
        if (error === other) expect(magnitude % 2).toBe(0);
      }
    },
  );
});

describe('edges', () => {
  it.each([
    [1, 0x3c00],
    [-2, 0xc000],
    [65504, 0x7bff],
    [65519.996, 0x7bff],
    [65520, 0x7c00],
    [-Infinity, 0xfc00],
    [2 ** -24, 1],
    [2 ** -25, 0],
    [-0, 0x8000],
    [0.333251953125, 0x3555],
  ])('float16 of %f is %i', (value, bits) => {
    expect(float16Bits(value)).toBe(bits);
  });

  it.each([
    [1, 0x3f80],
    [-Infinity, 0xff80],
    [3.3895313892515355e38, 0x7f7f],
    [3.4028234663852886e38, 0x7f80],
    [1.00390625, 0x3f80],
    [1.01171875, 0x3f82],
  ])('bfloat16 of %f is %i', (value, bits) => {
    expect(bfloat16Bits(value)).toBe(bits);
  });
});
