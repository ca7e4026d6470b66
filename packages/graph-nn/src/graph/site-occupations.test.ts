import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { GraphError } from './graph-error';
import { checkOccupations, type SiteOccupations } from './site-occupations';
import { arbitraryDisordered, ofSpecies, type SpeciesList, speciesOf } from './testing';

const checked = (sites: readonly SpeciesList[], atomicNumbers = sites.map((site) => site[0]![0])) =>
  checkOccupations('test', atomicNumbers, ofSpecies(sites));

describe('checkOccupations', () => {
  test.prop([arbitraryDisordered(3)])('adds up each element of a site and keeps the sum', (crystal) => {
    const given = speciesOf(crystal.occupations!);
    const found = speciesOf(checkOccupations('test', crystal.atomicNumbers, crystal.occupations)!);
    found.forEach((site, i) => {
      expect(site.map(([z]) => z)).toEqual([...new Set(given[i]!.map(([z]) => z))].sort((a, b) => a - b));
      for (const [z, share] of site) {
        const sum = given[i]!.filter(([other]) => other === z).reduce((total, [, part]) => total + part, 0);
        expect(share).toBeCloseTo(sum, 12);
      }
    });
  });

  test.prop([fc.array(fc.integer({ min: 1, max: 118 }), { minLength: 1 })])(
    'is null for an ordered crystal, however it is written',
    (atomicNumbers) => {
      for (const parts of [[1], [0.5, 0.5], [0.7, 0.2, 0.1], [0.3333, 0.6667, 0.0001]]) {
        const sites = atomicNumbers.map((z) => parts.map((part) => [z, part] as const));
        expect(checked(sites)).toBeNull();
      }
      expect(checkOccupations('test', atomicNumbers, null)).toBeNull();
      expect(checkOccupations('test', atomicNumbers, undefined)).toBeNull();
    },
  );

  it('believes the species where a full site has another atomic number', () => {
    expect(speciesOf(checked([[[26, 1]]], [28])!)).toEqual([[[26, 1]]]);
  });

  it('scales sums that are a little over 1', () => {
    expect(speciesOf(checked([[[26, 0.5004], [28, 0.5004]]])!)).toEqual([[[26, 0.5], [28, 0.5]]]); // biome-ignore format: sites
  });

  const good = ofSpecies([[[26, 0.5]], [[28, 1]]]);
  it.each<[string, SiteOccupations, string]>([
    ['too few offsets', { ...good, offsets: [0, 2] }, 'LENGTH_MISMATCH'],
    ['an empty site', { ...good, offsets: [0, 2, 2] }, 'LENGTH_MISMATCH'],
    ['offsets past the species', { ...good, offsets: [0, 1, 3] }, 'LENGTH_MISMATCH'],
    ['a late start', { ...good, offsets: [1, 2, 2] }, 'LENGTH_MISMATCH'],
    ['offsets between numbers', { ...good, offsets: [0, 0.5, 2] }, 'LENGTH_MISMATCH'],
    ['a missing occupancy', { ...good, occupancies: [1] }, 'LENGTH_MISMATCH'],
    ['an unknown element', { ...good, atomicNumbers: [26, 119] }, 'UNKNOWN_ELEMENT'],
    ['nothing', { ...good, occupancies: [0, 1] }, 'OUT_OF_RANGE'],
    ['NaN', { ...good, occupancies: [Number.NaN, 1] }, 'OUT_OF_RANGE'],
    ['infinity', { ...good, occupancies: [Number.POSITIVE_INFINITY, 1] }, 'OUT_OF_RANGE'],
    ['more than 1', { ...good, occupancies: [0.5, 1.01] }, 'OUT_OF_RANGE'],
  ])('refuses %s', (_what, occupations, code) => {
    try {
      checkOccupations('test', [26, 28], occupations);
    } catch (error) {
      expect(error).toBeInstanceOf(GraphError);
      expect((error as GraphError).code).toBe(code);
      return;
    }
    expect.unreachable();
  });
});
