import type { TrainingEvent } from '@bravais/trainer';
import { formatDuration, formatValue } from './format-number';
import type { Output } from './output';
import type { TrainingProgress } from './shown-progress';
import {
  compiledLine,
  environmentLine,
  leakageLine,
  maskedTokensLine,
  metricsText,
  preparedLine,
  resumedLines,
  uncapturedLine,
} from './training-events';

/** Least time between two lines about steps, in ms. */
const INTERVAL_MS = 5000;

/** Plain lines for a log file: one every 5 s at most, and one for every evaluation. */
export class ProgressLines implements TrainingProgress {
  readonly #output: Output;
  readonly #nowMs: () => number;
  #startStep = 0;
  #startMs: number;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(output: Output, nowMs: () => number) {
    this.#output = output;
    this.#nowMs = nowMs;
    this.#startMs = nowMs();
  }

  show(event: TrainingEvent): void {
    if (event.kind === 'resumed') for (const line of resumedLines(event)) this.#output.talk(line);
    if (event.kind === 'environment-changed') this.#output.talk(environmentLine(event));
    if (event.kind === 'compiled') this.#output.talk(compiledLine(event));
    if (event.kind === 'leakage') this.#output.talk(leakageLine(event));
    if (event.kind === 'uncaptured') this.#output.talk(uncapturedLine(event));
    if (event.kind === 'prepared') {
      this.#startStep = event.startStep;
      this.#startMs = this.#nowMs();
      this.#output.talk(preparedLine(event));
    }
    if (event.kind === 'masked-tokens' && this.#isDue(event)) this.#output.talk(maskedTokensLine(event));
    if (event.kind === 'step') this.#showStep(event);
    if (event.kind === 'evaluated') {
      this.#output.talk(`step ${event.step}  validation  ${metricsText(event.metrics)}`);
    }
  }

  stop(): void {}

  /** Whether a line about a step is due; if so, the next one is an interval away. */
  #isDue({ step, steps }: { readonly step: number; readonly steps: number }): boolean {
    const now = this.#nowMs();
    if (now - this.#lastMs < INTERVAL_MS && step < steps) return false;
    this.#lastMs = now;
    return true;
  }

  #showStep(event: Extract<TrainingEvent, { kind: 'step' }>): void {
    if (!this.#isDue(event)) return;
    const secondsPerStep = (this.#lastMs - this.#startMs) / 1000 / (event.step - this.#startStep);
    const left = formatDuration((event.steps - event.step) * secondsPerStep);
    this.#output.talk(
      `step ${event.step}/${event.steps}  epoch ${event.epoch}  loss ${formatValue(event.loss)}  lr ${formatValue(event.learningRate)}  ${event.samplesPerSecond.toFixed(0)} samples/s  ETA ${left}`,
    );
  }
}
