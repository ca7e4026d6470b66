import { ELEMENTS, elementBySymbol } from '@bravais/datasets';
import { expect, it } from 'vitest';
import { similarElements } from './similar-elements';

const around = (symbol: string): string[] =>
  similarElements(elementBySymbol(symbol)!.atomicNumber).map((z) => ELEMENTS[z - 1]!.symbol);

it.each([
  ['Sr', ['Ca', 'Ba', 'Rb', 'Y']],
  ['Cl', ['F', 'Br', 'S']],
  ['Fe', ['Ru', 'Mn', 'Co']],
  ['Nd', ['Pr', 'Pm']],
  ['Ar', []],
])('beside %s are %j', (symbol, expected) => expect(around(symbol)).toEqual(expected));

it('is mutual, and never an element itself', () => {
  for (let z = 1; z <= 94; z++) {
    for (const other of similarElements(z)) {
      expect(other).not.toBe(z);
      expect(similarElements(other)).toContain(z);
    }
  }
});
