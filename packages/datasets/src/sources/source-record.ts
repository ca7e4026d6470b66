import type { Structure } from '../structure/structure';

/** Numbers of any shape, C order. */
export interface SourceArray {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * One material as a source gives it, before it becomes a {@link MaterialRecord}: nothing is resampled, and a part that the source does
 * not have is absent.
 */
export interface SourceRecord {
  /** Stable within its source, e.g. `mp-149`. */
  readonly id: string;
  /** As the source writes it. */
  readonly formula?: string;
  readonly structure?: Structure;
  /** Numbers by the name, and in the unit, that the source or the caller's mapping gives. */
  readonly scalars: Readonly<Record<string, number>>;
  /** Words by name: `description`, `doi`, `lastModified`. */
  readonly texts: Readonly<Record<string, string>>;
  /** Spectra, grids and vectors by name. */
  readonly arrays: Readonly<Record<string, SourceArray>>;
}

/** A record that was left out, and why. */
export interface RefusedRecord {
  readonly id: string;
  /** Stable code of the error. */
  readonly code: string;
  readonly message: string;
}

/** What a source hands out one by one: a record, or why there is none. */
export type SourceItem = { readonly record: SourceRecord } | { readonly refused: RefusedRecord };

/** The record that `read` makes; what is wrong with this one record alone (a typed error) is told, not thrown. */
export function sourceItem(id: string, read: () => SourceRecord): SourceItem {
  try {
    return { record: read() };
  } catch (error) {
    return { refused: refusedRecord(id, error) };
  }
}

/** A typed error as a refusal; any other error is thrown on. */
export function refusedRecord(id: string, error: unknown): RefusedRecord {
  const typed =
    error instanceof Error && 'code' in error && /^(DataError|FormatError|StructureError)$/.test(error.name);
  if (!typed) throw error;
  return { id, code: String(error.code), message: error.message };
}
