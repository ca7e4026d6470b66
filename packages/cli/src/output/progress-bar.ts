import type { TrainingEvent } from '@bravais/trainer';
import { SingleBar } from 'cli-progress';
import { formatBytes, formatValue } from './format-number';
import type { Output } from './output';
import type { TrainingProgress } from './shown-progress';
import {
  environmentLine,
  headlineText,
  leakageLine,
  preparedLine,
  resumedLines,
  uncapturedLine,
} from './training-events';

/** One line of a terminal that fills up: steps, loss, learning rate, pace, device memory, latest validation score and time left. */
export class ProgressBar implements TrainingProgress {
  readonly #output: Output;
  readonly #bar: SingleBar;
  #started = false;

  constructor(output: Output) {
    this.#output = output;
    this.#bar = new SingleBar({
      stream: output.stderr,
      format:
        '{bar} {value}/{total}  loss {loss}  lr {learningRate}  {rate} samples/s{memory}{validation}  ETA {eta_formatted}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
      // A hidden cursor would stay hidden after a second Ctrl-C.
      hideCursor: false,
      linewrap: false,
      etaBuffer: 50,
      fps: 5,
    });
  }

  show(event: TrainingEvent): void {
    if (event.kind === 'resumed') for (const line of resumedLines(event)) this.#output.talk(line);
    if (event.kind === 'environment-changed') this.#output.talk(environmentLine(event));
    if (event.kind === 'leakage') this.#output.talk(leakageLine(event));
    if (event.kind === 'uncaptured') this.#output.talk(uncapturedLine(event));
    if (event.kind === 'prepared') {
      this.stop();
      this.#output.talk(preparedLine(event));
      this.#start(event.steps, event.startStep, '');
    }
    if (event.kind === 'masked-tokens') {
      if (!this.#started) this.#start(event.steps, event.step, '  masked tokens');
      this.#bar.update(event.step, { loss: formatValue(event.loss) });
    }
    if (!this.#started) return;
    if (event.kind === 'step') {
      this.#bar.update(event.step, {
        loss: formatValue(event.loss),
        learningRate: formatValue(event.learningRate),
        rate: event.samplesPerSecond.toFixed(0),
      });
    }
    if (event.kind === 'compiled') this.#bar.update({ memory: `  ${formatBytes(event.peakDeviceBytes)}` });
    const score = event.kind === 'evaluated' ? headlineText(event.metrics) : undefined;
    if (score !== undefined) this.#bar.update({ validation: `  val ${score}` });
  }

  #start(steps: number, done: number, validation: string): void {
    this.#bar.start(steps, done, { loss: '–', learningRate: '–', rate: '–', memory: '', validation });
    this.#started = true;
  }

  stop(): void {
    if (this.#started) this.#bar.stop();
    this.#started = false;
  }
}
