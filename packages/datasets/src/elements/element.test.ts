import { describe, expect, it } from 'vitest';
import { ELEMENTS, elementBySymbol, elementOf } from './element';

describe('elements', () => {
  it('lists 118 with their own symbol and number', () => {
    expect(ELEMENTS).toHaveLength(118);
    for (const element of ELEMENTS) {
      expect(elementOf(element.atomicNumber)).toBe(element);
      expect(elementBySymbol(element.symbol)).toBe(element);
      expect(element.atomicMassU).toBeGreaterThan(element.atomicNumber * 0.99);
      expect(element.covalentRadiusAngstrom).toBeGreaterThan(0.2);
      expect(element.vanDerWaalsRadiusAngstrom ?? 9).toBeGreaterThan(element.covalentRadiusAngstrom);
    }
  });

  it('has no radius or electronegativity where none is tabulated, and all others', () => {
    const without = (key: 'vanDerWaalsRadiusAngstrom' | 'electronegativity'): string =>
      ELEMENTS.slice(0, 99)
        .filter((element) => element[key] === null)
        .map(({ symbol }) => symbol)
        .join(' ');
    expect(without('vanDerWaalsRadiusAngstrom')).toBe('Pm Po At Rn Fr Ra');
    expect(without('electronegativity')).toBe('He Ne Ar Pm Eu Tb Yb Rn');
    expect(elementBySymbol('O')).toMatchObject({
      atomicMassU: 15.999,
      covalentRadiusAngstrom: 0.66,
      vanDerWaalsRadiusAngstrom: 1.5,
      electronegativity: 3.44,
    });
    expect(elementBySymbol('Cs')).toMatchObject({ vanDerWaalsRadiusAngstrom: 3.48, electronegativity: 0.79 });
  });

  it('places them in groups and periods', () => {
    const place = (symbol: string): unknown[] => {
      const { group, period, valenceElectrons } = elementBySymbol(symbol)!;
      return [group, period, valenceElectrons];
    };
    expect(place('H')).toEqual([1, 1, 1]);
    expect(place('He')).toEqual([18, 1, 2]);
    expect(place('B')).toEqual([13, 2, 3]);
    expect(place('Cl')).toEqual([17, 3, 7]);
    expect(place('Sc')).toEqual([3, 4, 3]);
    expect(place('Zn')).toEqual([12, 4, 12]);
    expect(place('Ce')).toEqual([null, 6, 4]);
    expect(place('Lu')).toEqual([3, 6, 3]);
    expect(place('Hf')).toEqual([4, 6, 4]);
    expect(place('U')).toEqual([null, 7, 6]);
    expect(place('Og')).toEqual([18, 7, 8]);
  });

  it('knows no others', () => {
    for (const z of [0, -1, 119, 1.5, Number.NaN]) expect(elementOf(z)).toBeUndefined();
    for (const symbol of ['', 'X', 'na', 'constructor']) expect(elementBySymbol(symbol)).toBeUndefined();
  });
});
