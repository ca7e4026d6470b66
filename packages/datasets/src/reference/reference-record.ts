import type { MaterialRecord } from '../material-record';

/** A record of the embedded reference set: a real crystal written as facts, with a simulated phonon spectrum. */
export interface ReferenceRecord extends MaterialRecord {
  /** Always present here: the simulated phonon density of states. */
  readonly views: { readonly phononDos: Float32Array };
  /** Structure type, e.g. `rock-salt`. */
  readonly prototype: string;
  /** Space-group number, 1..230 (International Tables A). */
  readonly spaceGroupNumber: number;
  /** Wyckoff positions that are occupied, with the values of their free parameters. */
  readonly wyckoff: string;
  /** Where the experimental lattice constants are tabulated. */
  readonly source: string;
  /** The spectrum is computed with the mass-and-spring model of this package, never measured. */
  readonly phononDosOrigin: 'simulated';
}
