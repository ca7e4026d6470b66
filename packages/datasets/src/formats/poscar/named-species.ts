import { atomicNumberOfSymbol } from '../element-symbol';
import type { LineInput } from '../text/line-parser';
import { tokensOf } from '../text/scan-numbers';
import { type PoscarSpecies, symbolOfPotcar } from './poscar-species';

/** Species with their names, and where the names came from if not from the line above the counts. */
export interface NamedSpecies {
  readonly symbols: readonly string[];
  readonly counts: readonly number[];
  readonly notes: readonly string[];
}

/**
 * Names the species of a POSCAR: by its own line (VASP 5), else by `species` of the caller, else by the symbol behind every
 * position, else by a first line that consists of as many symbols as there are counts.
 *
 * VASP 4 takes the names from the POTCAR; guessing them would give another crystal.
 */
export function namedSpecies(
  input: LineInput,
  { symbols, counts }: PoscarSpecies,
  trailing: readonly (string | undefined)[],
  comment: string,
  given: readonly string[] | undefined,
): NamedSpecies {
  if (symbols !== null) {
    checkTrailing(input, symbols, counts, trailing);
    return { symbols, counts, notes: [] };
  }
  if (given !== undefined) {
    const names = given.map(symbolOfPotcar);
    if (names.length === counts.length && names.every((name) => atomicNumberOfSymbol(name) !== undefined)) {
      return { symbols: names, counts, notes: ['elements were given by the caller'] };
    }
    throw input.error(
      `the option "species" with ${counts.length} element symbols expected`,
      `Correct it: it has ${given.length} (${given.slice(0, 10).join(' ')}).`,
    );
  }
  if (trailing.every((symbol) => symbol !== undefined)) {
    return {
      symbols: trailing,
      counts: trailing.map(() => 1),
      notes: ['elements were read behind the positions'],
    };
  }
  const inComment = symbolsOfComment(comment, counts);
  if (inComment !== null) {
    return { symbols: inComment, counts, notes: ['elements were read from the first line'] };
  }
  throw input.error(
    'element symbols above the counts of atoms expected in the head of the file',
    'This is the format of VASP 4: add the line of symbols, or give the option "species".',
    'DATA_UNSUPPORTED',
  );
}

/** `Si O`, `Si1 O2`: symbols that fit the counts, the numbers (if any) in proportion to them. */
function symbolsOfComment(comment: string, counts: readonly number[]): string[] | null {
  const parts = tokensOf(comment).map((token) => /^([A-Z][a-z]?)(\d{0,9})$/.exec(token));
  if (parts.length !== counts.length) return null;
  const symbols: string[] = [];
  const ratios = new Set<number>();
  for (const [k, part] of parts.entries()) {
    if (part === null || atomicNumberOfSymbol(part[1]!) === undefined) return null;
    symbols.push(part[1]!);
    ratios.add(part[2] === '' ? 0 : counts[k]! / Number(part[2]));
  }
  return ratios.size === 1 ? symbols : null;
}

/** A symbol behind a position that contradicts the line of symbols means that atoms were moved by hand. */
function checkTrailing(
  input: LineInput,
  symbols: readonly string[],
  counts: readonly number[],
  trailing: readonly (string | undefined)[],
): void {
  let site = 0;
  for (const [k, symbol] of symbols.entries()) {
    for (let end = site + counts[k]!; site < end; site++) {
      const behind = trailing[site];
      if (behind === undefined || behind === symbol) continue;
      throw input.error(
        `${symbol} behind position ${site + 1}, as the head of the file says, expected (there is ${behind})`,
        'Order the positions by the line of symbols.',
      );
    }
  }
}
