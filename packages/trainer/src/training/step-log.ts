import type { Pace } from './pace';
import type { FinishedStep } from './steps-underway';
import type { TrainingSink } from './training-run';

/** Which steps of a run are logged, and what the run calls its first and last. */
interface LoggedSteps {
  readonly firstStep: number;
  readonly steps: number;
  readonly logEvery: number;
  /** Most bytes of tensors live at once during a step so far. */
  readonly peakDeviceBytes: () => number;
}

/** Writes the numbers of finished steps down. */
export class StepLog {
  readonly #sink: TrainingSink;
  readonly #pace: Pace;
  readonly #logged: LoggedSteps;

  constructor(sink: TrainingSink, pace: Pace, logged: LoggedSteps) {
    this.#sink = sink;
    this.#pace = pace;
    this.#logged = logged;
  }

  /** Whether the numbers of a step are written down. */
  isLogged(step: number): boolean {
    const { logEvery, steps } = this.#logged;
    return step % logEvery === 0 || step === steps;
  }

  /** Counts a step with finite numbers, and writes them down where it is one to log. */
  async add(done: FinishedStep): Promise<void> {
    const { step, epoch, loss, gradientNorm, learningRate, terms } = done;
    const { firstStep, steps, peakDeviceBytes } = this.#logged;
    this.#pace.count();
    const logging = this.isLogged(step);
    if (!logging && step !== firstStep) return;
    const { seconds, materialsPerSecond } = this.#pace.lap();
    if (step === firstStep)
      this.#sink.event({ kind: 'compiled', seconds, peakDeviceBytes: peakDeviceBytes() });
    if (!logging) return;
    const values = { loss, gradientNorm, learningRate, ...termMetrics(terms) };
    await this.#sink.metric({ step, epoch, split: 'train', values });
    await this.#sink.timing({ step, values: { seconds, materialsPerSecond } });
    this.#sink.event({ kind: 'step', steps, ...done, samplesPerSecond: materialsPerSecond });
  }
}

/** `structure|text` as `loss/structure|text`; of a single term, which is the loss itself, nothing. */
function termMetrics(terms: Readonly<Record<string, number>>): Record<string, number> {
  const named = Object.entries(terms);
  if (named.length < 2) return {};
  return Object.fromEntries(named.map(([name, value]) => [`loss/${name}`, value]));
}
