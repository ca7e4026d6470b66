import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { compositionStructure } from './composition-structure';

/** Share of each element by atomic number. */
const sharesOf = (formula: string): Map<number, number> => {
  const { atomicNumbers, occupancies } = compositionStructure(formula).occupations!;
  return new Map(Array.from(atomicNumbers, (z, at) => [z, occupancies[at]!]));
};

test.prop([fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5 })])(
  'holds every element in its share, however often the formula is taken',
  (sodium, chlorine, times) => {
    const shares = sharesOf(`(Na${sodium}Cl${chlorine})${times}`);
    expect([...shares.keys()].sort((a, b) => a - b)).toEqual([11, 17]);
    expect(shares.get(11)).toBeCloseTo(sodium / (sodium + chlorine), 12);
    expect(shares.get(17)).toBeCloseTo(chlorine / (sodium + chlorine), 12);
  },
);

it('reads amounts with decimals, and refuses what is no formula', () => {
  expect(sharesOf('Li6.5La3Zr1.5Ta0.5O12').get(73)).toBeCloseTo(0.5 / 23.5, 12);
  expect(Array.from(compositionStructure('Fe').atomicNumbers)).toEqual([26]);
  expect(() => compositionStructure('Xx2')).toThrow(/Xx/);
});
