import type { SourceItem } from '../source-record';

/** A kind of file that becomes a set. */
export interface ImportKind {
  /** What `--help` says. */
  readonly summary: string;
  /** Terms that go with the data; the caller may say otherwise. */
  readonly licence: string;
  readonly citations: readonly string[];
  readonly title: string;
  /** The records of a file or folder, one by one; a record that cannot be is refused alone. */
  read(path: string): AsyncIterable<SourceItem>;
}
