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
  /** By name, where they were asked for. */
  readonly terms: Readonly<Record<string, number>>;
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

  /**
   * Sends for the numbers of a step just issued and waits for those of the one before.
   *
   * @param withTerms sends for the terms of the loss too
   */
  async add(
    issued: IssuedStep,
    { loss, gradientNorm, terms }: StepResult,
    withTerms: boolean,
  ): Promise<void> {
    const names = withTerms ? Object.keys(terms) : [];
    const reading = readAll([loss, gradientNorm, ...names.map((name) => terms[name]!)]);
    for (const number of [loss, gradientNorm, ...Object.values(terms)]) number.dispose();
    const before = this.#latest;
    this.#latest = async () => {
      const [lossValue, normValue, ...values] = (await reading).map((each) => each[0]!);
      await this.#finished({
        ...issued,
        loss: lossValue!,
        gradientNorm: normValue!,
        terms: Object.fromEntries(names.map((name, index) => [name, values[index]!])),
      });
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
