import type { Structure } from '../../structure/structure';
import type { DensityOfStates, DosReadOptions } from '../dos/density-of-states';

/** What is read of a vasprun.xml. */
export interface VaspRun {
  /** Final structure. */
  readonly structure: Structure;
  readonly initialStructure: Structure | null;
  readonly ionicSteps: number;
  /** Of the last step that has one. */
  readonly dos: DensityOfStates | null;
  readonly notes: readonly string[];
}

/** Options of `readVasprun`. */
export interface VasprunReadOptions extends DosReadOptions {
  readonly maxSites?: number;
}
