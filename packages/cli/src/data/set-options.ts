import { type Command, InvalidArgumentError } from 'commander';

/** Options of the commands that write a set. */
export interface SetOptions {
  readonly limit?: number;
  readonly date?: string;
}

/** Adds `--limit` and `--date`. */
export function addSetOptions(command: Command): Command {
  return command
    .option('--limit <n>', 'at most so many records', parsePositiveInteger)
    .option('--date <YYYY-MM-DD>', 'day of retrieval, for the card (default: not stated)', parseDay);
}

/** A whole number from 1. */
export function parsePositiveInteger(text: string): number {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count >= 1) return count;
  throw new InvalidArgumentError('It must be a whole number from 1, for example 1000.');
}

function parseDay(text: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  // Date.parse takes 31 February for 3 March.
  if (isDay && new Date(text).toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError('It must be a day, for example 2026-01-31.');
}
