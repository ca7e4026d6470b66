/** Measures how fast steps are done, leaving out what is not training. */
export class Pace {
  readonly #materialsPerStep: number;
  #since = performance.now();
  #steps = 0;

  constructor(materialsPerStep: number) {
    this.#materialsPerStep = materialsPerStep;
  }

  /** Counts a step. */
  count(): void {
    this.#steps++;
  }

  /** Seconds and materials per second since the latest lap; the next one begins. */
  lap(): { seconds: number; materialsPerSecond: number } {
    const seconds = (performance.now() - this.#since) / 1000;
    const materialsPerSecond = (this.#steps * this.#materialsPerStep) / seconds;
    this.#since = performance.now();
    this.#steps = 0;
    return { seconds, materialsPerSecond };
  }

  /** Runs something that is not training, off the clock. */
  async pause<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await work();
    this.#since += performance.now() - start;
    return result;
  }
}
