import { elementOf } from '../../elements/element';
import { siteSpecies } from '../../structure/occupations';
import type { Structure } from '../../structure/structure';

/** What stands on a site, in words. */
export interface SiteContents {
  /** The same for sites that hold the same. */
  readonly key: string;
  /** `iron`, `iron and nickel`. */
  readonly words: string;
  /** `Fe`, `(Fe,Ni)`. */
  readonly symbol: string;
  /** `60 % iron, 40 % nickel`, `50 % lithium, else vacant`; null where the site is full of one element. */
  readonly shares: string | null;
  /** Whether the most abundant species is one that anions are made of: groups 15 to 17, carbon, hydrogen. */
  readonly isAnionFormer: boolean;
}

/** Contents of every site. */
export function siteContents(structure: Structure): SiteContents[] {
  return Array.from(structure.atomicNumbers, (_, site) => {
    const species = siteSpecies(structure, site);
    const parts = species.map(({ atomicNumber, occupancy }) => ({
      name: elementName(atomicNumber),
      percent: percent(occupancy),
    }));
    const total = species.reduce((sum, { occupancy }) => sum + occupancy, 0);
    const vacant = total < 1 - 1e-4;
    const shares = parts.map(({ name, percent: share }) => `${share} % ${name}`).join(', ');
    const symbols = species.map(({ symbol }) => symbol);
    return {
      key: `${symbols.join(' ')} ${shares}`,
      words: listed(parts.map(({ name }) => name)),
      symbol: symbols.length === 1 ? symbols[0]! : `(${symbols.join(',')})`,
      shares: parts.length === 1 && !vacant ? null : `${shares}${vacant ? ', else vacant' : ''}`,
      isAnionFormer: isAnionFormer(structure.atomicNumbers[site]!),
    };
  });
}

function isAnionFormer(atomicNumber: number): boolean {
  const { group, symbol } = elementOf(atomicNumber)!;
  return (group !== null && group >= 15 && group <= 17) || symbol === 'C' || symbol === 'H';
}

/** Name of an element as a word inside a sentence. */
export function elementName(atomicNumber: number): string {
  return elementOf(atomicNumber)!.name.toLowerCase();
}

/** One decimal where it is needed. */
export function percent(share: number): string {
  return String(Number((100 * share + 1e-9).toFixed(1)));
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
