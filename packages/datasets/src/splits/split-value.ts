import type { SplitKind, SplitOptions } from './split-options';

/** A split as it is kept: which record is in which part, and of which records. */
export interface DataSplit {
  readonly schema: 1;
  readonly kind: SplitKind;
  /** As given, without the kind and the seed; plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly seed: number;
  /** Records in all parts. */
  readonly count: number;
  /** SHA-256 of the sorted ids, in hexadecimal digits: what the split belongs to. */
  readonly idsSha256: string;
  /** Sorted ids of each part; no id stands twice. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** The split with sorted parts, its options and the digest of its ids. */
export async function splitValue(
  { kind, seed = 0, ...options }: SplitOptions,
  parts: ReadonlyMap<string, readonly string[]>,
): Promise<DataSplit> {
  const ids = [...parts.values()].flat();
  return {
    schema: 1,
    kind,
    options,
    seed,
    count: ids.length,
    idsSha256: await idsDigest(ids),
    parts: Object.fromEntries([...parts].map(([name, of]) => [name, of.toSorted()])),
  };
}

/** SHA-256 of the sorted ids as a JSON list, in hexadecimal digits. */
export async function idsDigest(ids: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(ids.toSorted()));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
