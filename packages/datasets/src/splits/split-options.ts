import { elementBySymbol } from '../elements/element';
import { SplitError } from './split-error';

/** Shares of the records, 1 in all. */
export interface SplitFractions {
  readonly train: number;
  readonly val: number;
  readonly test: number;
}

interface Shared {
  /** Key of the order of records or groups, an integer from 0 to 2³² − 1; 0 by default. */
  readonly seed?: number;
  /** 0.8, 0.1, 0.1 by default. */
  readonly fractions?: SplitFractions;
}

/** How to split; see {@link createSplit}. */
export type SplitOptions =
  | ({ readonly kind: 'random' } & Shared)
  | ({ readonly kind: 'formula' } & Shared)
  | ({
      readonly kind: 'element';
      /** Symbols; every record that holds one of them is in `test`. */
      readonly elements: readonly string[];
    } & Shared)
  | ({
      readonly kind: 'prototype';
      /** Names as `prototypeOf` gives them; every record of one of them is in `test`. Left out, the seed chooses. */
      readonly prototypes?: readonly string[];
    } & Shared)
  | ({ readonly kind: 'time' } & Shared)
  | {
      readonly kind: 'folds';
      readonly seed?: number;
      /** Number of parts, 2 to 1,000; their names are `fold-0`, `fold-1`, … */
      readonly folds: number;
      /** What no two folds share; `id` by default. */
      readonly groupBy?: 'id' | 'formula';
    };

/** Name of a way to split. */
export type SplitKind = SplitOptions['kind'];

/** Parts of a split with their shares. */
export type PartShares = ReadonlyMap<string, number>;

const DEFAULT_FRACTIONS: SplitFractions = { train: 0.8, val: 0.1, test: 0.1 };
const MAX_FOLDS = 1000;

/** The parts and their shares. @throws SplitError `SPLIT_OPTIONS` */
export function partShares(options: SplitOptions): PartShares {
  const { seed = 0 } = options;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) {
    throw invalid('a seed from 0 to 4294967295', String(seed), 'Choose another.');
  }
  if (options.kind === 'folds') {
    const { folds } = options;
    if (!Number.isInteger(folds) || folds < 2 || folds > MAX_FOLDS) {
      throw invalid(`2 to ${MAX_FOLDS} folds`, String(folds), 'Choose 5 or 10.');
    }
    return new Map(Array.from({ length: folds }, (_, fold) => [`fold-${fold}`, 1 / folds]));
  }
  const { train, val, test } = options.fractions ?? DEFAULT_FRACTIONS;
  const shares = [train, val, test];
  const sum = train + val + test;
  if (!shares.every((share) => share >= 0 && share <= 1) || !(Math.abs(sum - 1) < 1e-9)) {
    throw invalid('fractions from 0 to 1 with sum 1', shares.join(', '), 'For example 0.8, 0.1, 0.1.');
  }
  return new Map([
    ['train', train],
    ['val', val],
    ['test', test],
  ]);
}

/** Atomic numbers of the held-out elements. @throws SplitError `SPLIT_OPTIONS` */
export function heldOutElements(symbols: readonly string[]): ReadonlySet<string> {
  const wrong = symbols.find((symbol) => elementBySymbol(symbol) === undefined);
  if (symbols.length === 0 || wrong !== undefined) {
    throw invalid('element symbols', wrong ?? 'none', 'For example Li, Na.');
  }
  return new Set(symbols);
}

/**
 * The held-out prototypes, every one of which some record must have.
 *
 * @param found prototypes of the records
 * @throws SplitError `SPLIT_OPTIONS`
 */
export function heldOutPrototypes(names: readonly string[], found: readonly string[]): ReadonlySet<string> {
  const missing = names.find((name) => !found.includes(name));
  if (names.length === 0 || missing !== undefined) {
    const known = [...new Set(found)].sort().slice(0, 5).join(', ');
    throw invalid('prototypes that records have', missing ?? 'none', `For example ${known}.`);
  }
  return new Set(names);
}

function invalid(expected: string, got: string, remedy: string): SplitError {
  return new SplitError('SPLIT_OPTIONS', `createSplit: ${expected} expected, got ${got}. ${remedy}`);
}
