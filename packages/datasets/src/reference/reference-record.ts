import type { CrystalRecord } from '../material-record';
import type { MeasuredFacts } from './facts/measured-facts';
import type { ReferenceViews } from './reference-views';

/** A record of the embedded reference set: a real crystal written as facts, with simulated views. */
export interface ReferenceRecord extends CrystalRecord {
  /** Simulated, each worked out when it is first read. */
  readonly views: ReferenceViews;
  /** Structure type, e.g. `rock-salt`. */
  readonly prototype: string;
  /** Space-group number, 1..230 (International Tables A). */
  readonly spaceGroupNumber: number;
  /** Wyckoff positions that are occupied, with the values of their free parameters. */
  readonly wyckoff: string;
  /** Where the experimental lattice constants are tabulated. */
  readonly source: string;
  /** What is measured of the crystal, each value with its source; the values are in `scalars` too. */
  readonly measured: MeasuredFacts;
  /** Every view is computed with the models of this package, never measured. */
  readonly viewsOrigin: 'simulated';
}
