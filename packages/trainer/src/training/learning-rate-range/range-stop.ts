/** A loss so many times the best one says that the rate is too high. */
const MOST = 4;
/** Steps that the loss is averaged over, so that no single batch decides. */
const STEPS = 5;

/**
 * Tells when a range test has seen enough: the loss is not finite, or the mean of the latest five is more than four times the
 * least such mean before. For losses below 0 the distance counts: mean - best > 3 |best|.
 */
export class RangeStop {
  readonly #latest: number[] = [];
  #best: number = Number.POSITIVE_INFINITY;

  /** Takes the loss of the next step; whether to stop after it. */
  isReached(loss: number): boolean {
    if (!Number.isFinite(loss)) return true;
    this.#latest.push(loss);
    if (this.#latest.length > STEPS) this.#latest.shift();
    const mean = this.#latest.reduce((sum, each) => sum + each, 0) / this.#latest.length;
    if (mean - this.#best > (MOST - 1) * Math.abs(this.#best)) return true;
    this.#best = Math.min(this.#best, mean);
    return false;
  }
}
