import type { TrainingEvent } from '@bravais/trainer';

/** Shows a training run to whoever waits for it. */
export interface TrainingProgress {
  show(event: TrainingEvent): void;
  /** Leaves the terminal as it was; nothing may be shown afterwards. */
  stop(): void;
}
