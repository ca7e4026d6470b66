import { describe, expect, it } from 'vitest';
import { referenceCrystals } from '../reference-crystals';
import { FACT_SOURCES } from './fact-sources';
import { type MeasuredProperty, measuredFacts } from './measured-facts';

const facts = measuredFacts();
const valuesOf = (property: MeasuredProperty): number[] =>
  [...facts.values()].flatMap((known) => known[property]?.value ?? []);

describe('measured facts', () => {
  it('belong to crystals of the set', () => {
    const ids = new Set(referenceCrystals().map(({ id }) => id));
    expect([...facts.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  it('are as many as the README says, within what is possible', () => {
    const ranges: [MeasuredProperty, number, number, number][] = [
      ['bandGapEv', 150, 0.1, 14],
      ['bulkModulusGPa', 150, 1.9, 450],
      ['mohsHardness', 100, 1, 10],
      ['vickersHardnessGPa', 15, 10, 100],
    ];
    for (const [property, count, low, high] of ranges) {
      const values = valuesOf(property);
      expect(values.length, property).toBeGreaterThanOrEqual(count);
      expect(Math.min(...values), property).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values), property).toBeLessThanOrEqual(high);
    }
  });

  it('follow the trends of their families', () => {
    const falling: [MeasuredProperty, string[]][] = [
      ['bandGapEv', ['diamond-C', 'diamond-Si', 'diamond-Ge']],
      ['bandGapEv', ['zincblende-AlAs', 'zincblende-GaAs', 'zincblende-InAs']],
      ['bandGapEv', ['zincblende-ZnS', 'zincblende-ZnSe', 'zincblende-ZnTe']],
      ['bandGapEv', ['rock-salt-NaF', 'rock-salt-NaCl', 'rock-salt-NaBr', 'rock-salt-NaI']],
      ['bulkModulusGPa', ['bcc-Li', 'bcc-Na', 'bcc-K', 'bcc-Rb', 'bcc-Cs']],
      ['bulkModulusGPa', ['diamond-C', 'diamond-Si', 'diamond-Ge']],
      ['bulkModulusGPa', ['rock-salt-LiF', 'rock-salt-NaF', 'rock-salt-KF', 'rock-salt-RbF']],
      ['mohsHardness', ['diamond-C', 'corundum-Al2O3', 'quartz-SiO2', 'fluorite-CaF2', 'calcite-CaCO3']],
    ];
    for (const [property, names] of falling) {
      const values = names.map((name) => facts.get(`ref-${name}`)![property]!.value);
      expect(values).toEqual([...values].sort((x, y) => y - x));
    }
  });

  it('use every source they list', () => {
    const used = new Set(
      [...facts.values()].flatMap((known) => Object.values(known).map(({ source }) => source)),
    );
    expect(Object.values(FACT_SOURCES).filter((source) => !used.has(source))).toEqual([]);
  });
});
