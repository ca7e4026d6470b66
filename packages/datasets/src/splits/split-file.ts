import { SplitError } from './split-error';
import type { SplitKind } from './split-options';
import { type DataSplit, idsDigest } from './split-value';

const KINDS: ReadonlySet<string> = new Set<SplitKind>([
  'random',
  'formula',
  'element',
  'prototype',
  'time',
  'folds',
]);

/** A split as JSON; equal splits give equal text. */
export function splitToJson({ schema, kind, options, seed, count, idsSha256, parts }: DataSplit): string {
  return `${JSON.stringify({ schema, kind, options, seed, count, idsSha256, parts }, null, 1)}\n`;
}

/**
 * The split in a JSON text, after a look at its parts, count and digest.
 *
 * @param where names the text in messages
 * @throws SplitError `SPLIT_INVALID`
 */
export async function splitOfJson(text: string, where = 'split'): Promise<DataSplit> {
  const invalid = (expected: string, got: string, cause?: unknown): SplitError =>
    new SplitError('SPLIT_INVALID', `${where}: ${expected} expected, got ${got}. Make the split again.`, {
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw invalid('JSON', 'text that does not parse', cause);
  }
  if (!isObject(value) || value.schema !== 1) throw invalid('a split of schema 1', excerpt(value));
  const { kind, options, seed, count, idsSha256, parts } = value;
  if (typeof kind !== 'string' || !KINDS.has(kind)) throw invalid('a known kind', excerpt(kind));
  if (!isObject(options)) throw invalid('options', excerpt(options));
  if (!Number.isInteger(seed)) throw invalid('a seed', excerpt(seed));
  if (!isObject(parts) || !Object.values(parts).every(isIds)) throw invalid('lists of ids', excerpt(parts));
  const ids = Object.values(parts as Record<string, string[]>).flat();
  if (ids.length !== count || new Set(ids).size !== count) {
    throw invalid(`${excerpt(count)} ids, each once`, `${ids.length}, ${new Set(ids).size} of them distinct`);
  }
  const found = await idsDigest(ids);
  if (found !== idsSha256) throw invalid(`ids with SHA-256 ${excerpt(idsSha256)}`, found);
  return value as unknown as DataSplit;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string');
}

function excerpt(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
