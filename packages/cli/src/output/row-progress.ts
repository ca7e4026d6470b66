import { formatCount } from './format-number';
import type { Output } from './output';

/** Least time between two lines, in ms. */
const INTERVAL_MS = 10_000;

/** A line of talk every ten seconds about work on rows: how many, and how fast since the line before. */
export class RowProgress {
  readonly #output: Output;
  readonly #nowMs: () => number;
  #rows = 0;
  #saidRows = 0;
  #saidMs: number;

  constructor(output: Output, nowMs: () => number) {
    this.#output = output;
    this.#nowMs = nowMs;
    this.#saidMs = nowMs();
  }

  /** So many rows more. */
  add(rows: number): void {
    this.#rows += rows;
    const elapsedMs = this.#nowMs() - this.#saidMs;
    if (elapsedMs < INTERVAL_MS) return;
    const rate = (1000 * (this.#rows - this.#saidRows)) / elapsedMs;
    this.#output.talk(`${formatCount(this.#rows)} rows, ${formatCount(Math.round(rate))} a second`);
    this.#saidRows = this.#rows;
    this.#saidMs += elapsedMs;
  }
}
