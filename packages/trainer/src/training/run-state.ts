import type { BestScore, Checkpoint, CheckpointContents, Divergence } from '../checkpoint';
import type { CheckpointName } from './events';
import type { ModelOptimizer } from './optimizer';
import type { TrainingRun } from './training-run';

/** Weights and moments after a step. */
type Snapshot = Pick<Checkpoint, 'model' | 'optimizer'> & { readonly step: number };

/** What a run has reached beside its weights, and the checkpoints that are written of it. */
export class RunState {
  readonly #run: TrainingRun;
  readonly #optimizer: ModelOptimizer;
  readonly #stepsPerEpoch: number;
  #snapshot: Snapshot;
  /** Best validation score so far. */
  best: BestScore | null;

  private constructor(
    run: TrainingRun,
    optimizer: ModelOptimizer,
    stepsPerEpoch: number,
    snapshot: Snapshot,
  ) {
    this.#run = run;
    this.#optimizer = optimizer;
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#snapshot = snapshot;
    this.best = run.resume?.state.best ?? null;
  }

  /** The state of a run before its next step. */
  static async open(run: TrainingRun, optimizer: ModelOptimizer, stepsPerEpoch: number): Promise<RunState> {
    return new RunState(run, optimizer, stepsPerEpoch, await snapshotOf(optimizer));
  }

  /** Weights and moments of the latest checkpoint, or of the start where there is none yet. */
  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Writes a checkpoint of the optimizer as it stands. */
  async save(name: 'last' | 'best', scores: Readonly<Record<string, number>> = {}): Promise<void> {
    this.#snapshot = await snapshotOf(this.#optimizer);
    await this.#write(name, { scores });
  }

  /** Writes the checkpoint `diverged` of the optimizer as it stands, before the step that failed. */
  async saveDiverged(explain: () => Promise<Divergence>): Promise<Divergence> {
    this.#snapshot = await snapshotOf(this.#optimizer);
    const divergence = await explain();
    await this.#write('diverged', { divergence });
    return divergence;
  }

  async #write(
    name: CheckpointName,
    facts: Pick<CheckpointContents, 'scores' | 'divergence'>,
  ): Promise<void> {
    const { config, device, sink, viewOptions = {} } = this.#run;
    const { step, ...tensors } = this.#snapshot;
    const progress = {
      step,
      epoch: Math.floor(step / this.#stepsPerEpoch),
      stepInEpoch: step % this.#stepsPerEpoch,
      seed: config.seed,
      adapter: device.adapter.description,
      best: this.best,
    };
    await sink.checkpoint(name, { config, progress, ...tensors, viewOptions, ...facts });
  }
}

async function snapshotOf(optimizer: ModelOptimizer): Promise<Snapshot> {
  const { step } = optimizer.state;
  return { step, ...(await optimizer.tensors()) };
}
