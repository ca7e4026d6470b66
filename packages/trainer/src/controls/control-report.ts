import type { PairReport } from '../retrieval';

/**
 * What retrieval reaches without what the model is there for. `scalars`: from one or two numbers of each modality. `composition`: from the
 * elements of a structure alone. `untrained`: by the same model with the weights it started from. `shuffled-pairs`: by the same model, trained on
 * partners that do not belong together.
 */
export type ControlName = 'scalars' | 'composition' | 'untrained' | 'shuffled-pairs';

/** A control over the same materials as the model. */
export interface ControlReport {
  readonly name: ControlName;
  /** Ordered pairs of modalities that the control has something to say about. */
  readonly pairs: readonly PairReport[];
}

/** Fewer training materials than this teach a control nothing. */
export const FEWEST_FITTED = 4;
