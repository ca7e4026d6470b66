import { type Checkpoint, type CheckpointContents, decodeCheckpoint, encodeCheckpoint } from '../checkpoint';
import type { MetricRecord } from '../metrics';
import type { CheckpointName, TrainingEvent } from '../training/events';
import type { TrainingRun } from '../training/train';

/** All that a training run says, in order, with the sink and the signal to train with. */
export class RecordedRun implements Pick<TrainingRun, 'signal' | 'sink'> {
  readonly metrics: MetricRecord[] = [];
  readonly events: TrainingEvent[] = [];
  readonly saved: { readonly name: CheckpointName; readonly contents: CheckpointContents }[] = [];
  readonly sink: TrainingRun['sink'];
  readonly signal: AbortSignal;

  /** @param stopAt step whose line stops the run; the next one is underway then */
  constructor(stopAt: number = Number.POSITIVE_INFINITY) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.sink = {
      metric: (record) => {
        this.metrics.push(record);
      },
      timing: () => undefined,
      checkpoint: async (name, contents) => {
        this.saved.push({ name, contents });
      },
      event: (event) => {
        this.events.push(event);
        if (event.kind === 'step' && event.step >= stopAt) controller.abort();
      },
    };
  }

  /** Contents of the latest checkpoint of a name. */
  latest(name: CheckpointName): CheckpointContents {
    return this.saved.findLast((each) => each.name === name)!.contents;
  }

  /** The same checkpoint after it was written and read. */
  async stored(name: CheckpointName): Promise<Checkpoint> {
    return decodeCheckpoint(await encodeCheckpoint(this.latest(name)));
  }
}
