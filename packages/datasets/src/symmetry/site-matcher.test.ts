import fc from 'fast-check';
import { expect, it } from 'vitest';
import { siteMatcher } from './site-matcher';
import { translationCell } from './translation-cell';
import type { Triple } from './triple';

const TOLERANCE = 0.01;
const EDGE_ANGSTROM = 2.7;

/** A cubic cell of m³ sites, a few of them missing, moved or of another kind. */
function defective(m: number, defects: readonly { site: number; change: 'gone' | 'moved' | 'other' }[]) {
  const at = new Map(defects.map(({ site, change }) => [site % m ** 3, change]));
  const sites = Array.from({ length: m ** 3 }, (_, site) => site).filter((site) => at.get(site) !== 'gone');
  const place = (site: number): number[] => [Math.floor(site / (m * m)), Math.floor(site / m) % m, site % m];
  const step = (site: number): number => (at.get(site) === 'moved' ? 0.05 : 0);
  return {
    lattice: [1, 0, 0, 0, 1, 0, 0, 0, 1].map((x) => x * m * EDGE_ANGSTROM),
    frac: sites.flatMap((site) => place(site).map((x) => (x + step(site)) / m)),
    kinds: sites.map((site) => (at.get(site) === 'other' ? 2 : 1)),
  };
}

type Cell = ReturnType<typeof defective>;

/** Where a shift carries each site, found by trying every site; null where one has no partner. */
function byTrying({ lattice, frac, kinds }: Cell, shift: Triple): number[] | null {
  const edge = lattice[0]!;
  const targets = kinds.map((kind, site) =>
    kinds.findIndex(
      (other, target) =>
        other === kind &&
        Math.hypot(
          ...shift.map((s, k) => {
            const delta = frac[3 * site + k]! + s - frac[3 * target + k]!;
            return (delta - Math.round(delta)) * edge;
          }),
        ) <= TOLERANCE,
    ),
  );
  return targets.includes(-1) ? null : targets;
}

const cells = fc
  .record({
    m: fc.integer({ min: 2, max: 4 }),
    defects: fc.array(
      fc.record({ site: fc.nat(63), change: fc.constantFrom('gone', 'moved', 'other' as const) }),
      { maxLength: 4 },
    ),
  })
  .filter(({ m, defects }) => defects.length < m ** 3 - 1);
const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 30 });

it('answers every shift as trying all sites does, whatever was asked before', () => {
  fc.assert(
    fc.property(cells, steps, ({ m, defects }, shifts) => {
      const cell = defective(m, defects);
      const match = siteMatcher(cell.lattice, cell.frac, cell.kinds, TOLERANCE);
      for (const step of shifts) {
        const shift = step.map((x) => x / m) as Triple;
        const found = match(shift);
        expect(found === null ? null : [...found]).toEqual(byTrying(cell, shift));
      }
    }),
  );
});

/** How often kinds of sites are compared on the way to finding that there is no translation. */
function comparisons(m: number, change: 'gone' | 'moved'): number {
  const { lattice, frac, kinds } = defective(m, [{ site: Math.floor(m ** 3 / 2), change }]);
  let count = 0;
  const counted = new Proxy(kinds, {
    get: (target, key) => {
      if (key !== 'length') count++;
      return Reflect.get(target, key);
    },
  });
  expect(translationCell(lattice, frac, counted, TOLERANCE)).toBeNull();
  return count;
}

it.each(['gone', 'moved'] as const)(
  'finds in linear time that a supercell with a site %s has no translation',
  (change) => {
    const [few, many] = [comparisons(8, change), comparisons(22, change)];
    // Trying every site for every shift takes n² / 2.
    expect(many / 22 ** 3).toBeLessThan(2 * (few / 8 ** 3));
    expect(many).toBeLessThan(100 * 22 ** 3);
  },
);
