import type { SplitFractions, SplitKind, SplitOptions } from '@bravais/datasets/splits';
import { InvalidArgumentError } from 'commander';
import { UsageError } from '../errors/cli-error';
import type { CommonOptions } from './common-options';

/** Options of `bravais data split`. */
export interface DataSplitOptions extends CommonOptions {
  readonly kind?: SplitKind;
  readonly use?: string;
  readonly fractions?: SplitFractions;
  readonly elements?: readonly string[];
  readonly prototypes?: readonly string[];
  readonly folds?: number;
  readonly groupBy?: 'id' | 'formula';
  readonly date?: string;
  readonly tolerance?: number;
}

/** How to split. @throws {UsageError} where an option is missing that the kind needs */
export function splitOptions(kind: SplitKind, options: DataSplitOptions): SplitOptions {
  const { seed = 0, fractions, elements, prototypes, folds, groupBy } = options;
  const shared = { seed, ...(fractions === undefined ? {} : { fractions }) };
  switch (kind) {
    case 'folds':
      return { kind, seed, folds: folds ?? 5, ...(groupBy === undefined ? {} : { groupBy }) };
    case 'element':
      if (elements === undefined) {
        throw new UsageError(
          'data split: --elements expected with --kind element, got none. For example --elements Li,Na.',
        );
      }
      return { kind, elements, ...shared };
    case 'prototype':
      return { kind, ...(prototypes === undefined ? {} : { prototypes }), ...shared };
    default:
      return { kind, ...shared };
  }
}

/** `0.8,0.1,0.1` */
export function parseFractions(text: string): SplitFractions {
  const [train, val, test, ...more] = text.split(',').map(Number);
  if (train !== undefined && val !== undefined && test !== undefined && more.length === 0)
    return { train, val, test };
  throw new InvalidArgumentError('It must be three shares with sum 1, for example 0.8,0.1,0.1.');
}

/** `Li,Na` */
export function parseNames(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

/** A number above 0. */
export function parsePositive(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && number > 0 && Number.isFinite(number)) return number;
  throw new InvalidArgumentError('It must be a number above 0.');
}
