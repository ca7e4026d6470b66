import { DataError } from '../data-error';
import { type FileLine, fileLines, type LineLimits } from './file-lines';

/** One record of a JSON Lines file. */
export interface JsonLine {
  readonly value: Readonly<Record<string, unknown>>;
  /** `file:line`, lines from 1. */
  readonly where: string;
}

/**
 * The objects of a JSON Lines file (`.jsonl`, `.jsonl.gz`), one a line, as a stream; empty lines are skipped.
 *
 * @throws DataError as {@link fileLines}, `DATA_TRUNCATED` where the text stops inside a record, `DATA_INVALID` where a
 * line is not a JSON object
 * @example
 * ```ts no-run
 * for await (const { value, where } of readJsonLines('train.jsonl.gz')) console.log(where, value.formula);
 * ```
 */
export async function* readJsonLines(
  path: string,
  limits: LineLimits = {},
): AsyncGenerator<JsonLine, void, undefined> {
  let held: FileLine | undefined;
  for await (const line of fileLines(path, limits)) {
    if (held !== undefined) yield { value: parseObject(held, false), where: held.where };
    held = line.text.trim() === '' ? undefined : line;
  }
  if (held !== undefined) yield { value: parseObject(held, true), where: held.where };
}

function parseObject({ text, where }: FileLine, isLast: boolean): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = (error as Error).message;
    const cut = isLast && !text.trimEnd().endsWith('}');
    throw cut
      ? new DataError(
          'DATA_TRUNCATED',
          where,
          `a complete JSON record expected, got text that stops (${message}). Download the file again.`,
          { cause: error },
        )
      : new DataError(
          'DATA_INVALID',
          where,
          `a JSON object expected, got text that does not parse (${message}). Fix or remove the line.`,
          { cause: error },
        );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `a JSON object expected, got ${text.slice(0, 40)}. Each line must hold one record.`,
    );
  }
  return value as Record<string, unknown>;
}
