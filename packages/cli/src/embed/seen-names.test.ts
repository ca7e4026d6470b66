import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SeenNames } from './seen-names';

it('makes names distinct, leaves those alone that are, and does the same again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', ' ', 'a', 'b', 'a (2)', 'structure 3', 'mp-1'), { maxLength: 30 }),
      (given) => {
        // biome-ignore format: a property
        const [one, other] = [new SeenNames(), new SeenNames()];
        const names = given.map((name, k) => one.distinct(name, k));
        expect(new Set(names).size).toBe(names.length);
        expect(given.map((name, k) => other.distinct(name, k))).toEqual(names);
        given.forEach((name, k) => {
          if (name.trim() !== '' && !names.slice(0, k).includes(name.trim()))
            expect(names[k]).toBe(name.trim());
        });
      },
    ),
  );
});

it('tells a hundred thousand names apart, then knows every one of them', () => {
  const seen = new SeenNames();
  const names = Array.from({ length: 100_000 }, (_, k) => `mp-${k}`);
  expect(names.map((name, k) => seen.distinct(name, k))).toEqual(names);
  expect(seen.distinct('mp-77', 100_000)).toBe('mp-77 (100001)');
  expect(seen.distinct('mp-99999', 100_001)).toBe('mp-99999 (100002)');
});
