import { readAll } from '@bravais/tensor-core';
import type { StepResult } from './step-result';

/** A step as it was issued. */
export interface IssuedStep {
  /** 1-based. */
  readonly step: number;
  readonly epoch: number;
  readonly learningRate: number;
}

/** A step with its numbers. */
export interface FinishedStep extends IssuedStep {
  readonly loss: number;
  readonly gradientNorm: number;
}

/**
 * Keeps one step in flight: the numbers of a step are waited for while the device works on the next.
 *
 * `finished` is called once for each step, in order.
 */
export class StepsUnderway {
  readonly #finished: (step: FinishedStep) => Promise<void>;
  #latest: (() => Promise<void>) | null = null;

  constructor(finished: (step: FinishedStep) => Promise<void>) {
    this.#finished = finished;
  }

  /** Sends for the numbers of a step just issued and waits for those of the one before. */
  async add(issued: IssuedStep, { loss, gradientNorm }: StepResult): Promise<void> {
    const reading = readAll([loss, gradientNorm]);
    for (const number of [loss, gradientNorm]) number.dispose();
    const before = this.#latest;
    this.#latest = async () => {
      const [lossValues, normValues] = await reading;
      await this.#finished({ ...issued, loss: lossValues![0]!, gradientNorm: normValues![0]! });
    };
    // Where the step before fails, nobody waits for this one.
    reading.catch(() => undefined);
    await before?.();
  }

  /** Waits for all numbers. */
  async settle(): Promise<void> {
    const last = this.#latest;
    this.#latest = null;
    await last?.();
  }
}
