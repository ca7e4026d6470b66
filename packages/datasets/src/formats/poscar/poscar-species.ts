import { atomicNumberOfSymbol } from '../element-symbol';
import type { LineInput } from '../text/line-parser';
import { parseInteger, tokensOf } from '../text/scan-numbers';

/** Species of a POSCAR, in the order of its positions. */
export interface PoscarSpecies {
  /** Element symbols as written; `null` where the file (VASP 4) names none. */
  readonly symbols: readonly string[] | null;
  readonly counts: readonly number[];
}

/** Lines that the symbols may be spread over; VASP breaks a line after 20 groups. */
const MAX_SYMBOL_LINES = 500;
/** Groups on one line. */
const MAX_GROUPS = 10_000;

/** Line without a comment, which begins with `#` or `!`. */
export function withoutComment(line: string): string {
  return line.replace(/[#!].*$/, '');
}

/** `Fe_pv`, `Fe/ab12cd`, `O_s/0a`: the name of a POTCAR → `Fe`, `Fe`, `O`. */
export function symbolOfPotcar(name: string): string {
  return name.split(/[/_]/, 1)[0]!;
}

/** Reads the symbols (VASP 5, 6), where there are any, and the counts. */
export function* poscarSpecies(
  input: LineInput,
  maxSites: number,
): Generator<void, PoscarSpecies, string | undefined> {
  const names: string[] = [];
  let tokens = tokensOf(withoutComment((yield) ?? ''));
  for (let lines = 0; tokens.length > 0 && parseInteger(tokens[0]!) === undefined; lines++) {
    checkSymbols(input, tokens, lines);
    names.push(...tokens);
    tokens = tokensOf(withoutComment((yield) ?? ''));
  }
  const counts: number[] = [];
  for (;;) {
    counts.push(...countsOf(input, tokens, maxSites, counts));
    if (counts.length >= names.length) break;
    tokens = tokensOf(withoutComment((yield) ?? ''));
  }
  if (names.length > 0 && counts.length !== names.length) {
    throw input.error(
      `${names.length} counts of atoms for the species ${names.slice(0, 10).join(' ')} expected`,
      'Give one count for each symbol of the line above.',
    );
  }
  if (counts.every((count) => count === 0)) {
    throw input.error('at least one atom expected', 'Check the counts of atoms.');
  }
  return { symbols: names.length === 0 ? null : names.map(symbolOfPotcar), counts };
}

function checkSymbols(input: LineInput, tokens: readonly string[], lines: number): void {
  const unknown = tokens.find((name) => atomicNumberOfSymbol(symbolOfPotcar(name)) === undefined);
  if (unknown === undefined && lines < MAX_SYMBOL_LINES && tokens.length <= MAX_GROUPS) return;
  throw input.error(
    'element symbols or counts of atoms expected',
    'Write symbols as in the periodic table (Fe, Fe_pv, Fe/hash), and counts as whole numbers.',
  );
}

function countsOf(
  input: LineInput,
  tokens: readonly string[],
  maxSites: number,
  before: readonly number[],
): number[] {
  const counts = tokens.map(parseInteger);
  if (
    counts.length === 0 ||
    counts.length > MAX_GROUPS ||
    !counts.every((count) => count !== undefined && count >= 0)
  ) {
    throw input.error(
      'counts of atoms, whole numbers from 0, expected',
      'Give one count for each species on the line after the symbols.',
    );
  }
  const total = [...before, ...(counts as number[])].reduce((sum, count) => sum + count, 0);
  if (total > maxSites) {
    throw input.error(
      `at most ${maxSites} atoms expected`,
      'Use a smaller cell, or raise maxSites if the file is trusted.',
      'DATA_TOO_LARGE',
    );
  }
  return counts as number[];
}
