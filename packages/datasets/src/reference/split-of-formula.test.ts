import { describe, expect, it } from 'vitest';
import { fnv1a, splitOfFormula } from './split-of-formula';

describe('splitOfFormula', () => {
  it('is about 70/10/20 over many formulas', () => {
    const counts = { train: 0, val: 0, test: 0 };
    for (let i = 0; i < 20_000; i++) counts[splitOfFormula(`Na${i}Cl`)]++;
    expect(counts.train / 20_000).toBeCloseTo(0.7, 1.5);
    expect(counts.val / 20_000).toBeCloseTo(0.1, 1.5);
    expect(counts.test / 20_000).toBeCloseTo(0.2, 1.5);
  });

  it('stays where it was published', () => {
    expect(['NaCl', 'Si', 'TiO2', 'SrTiO3', 'Cu3Au'].map(splitOfFormula)).toMatchInlineSnapshot(`
      [
        "train",
        "test",
        "train",
        "train",
        "train",
      ]
    `);
  });

  it('hashes as published for 32-bit FNV-1a', () => {
    expect(fnv1a('')).toBe(0x811c9dc5);
    expect(fnv1a('a')).toBe(0xe40c292c);
    expect(fnv1a('foobar')).toBe(0xbf9cf968);
  });
});
