import type { MaterialRecord } from '../material-record';

/** A record as a stored data set takes and gives it. */
export interface StoredRecord extends MaterialRecord {
  /** Words by name, for example `prototype`, `date`, `doi`. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A record that was left out, and why. */
export interface RefusedRecord {
  readonly id: string;
  /** Stable code of the error. */
  readonly code: string;
  readonly message: string;
}
