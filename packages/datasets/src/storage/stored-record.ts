import type { MaterialRecord } from '../material-record';
import type { Structure } from '../structure/structure';

/** A record as a stored data set takes and gives it. */
export interface StoredRecord extends Omit<MaterialRecord, 'structure'> {
  /** Absent where only other views of the material are known. */
  readonly structure?: Structure | undefined;
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
