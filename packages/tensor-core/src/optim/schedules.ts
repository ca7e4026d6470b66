/** Learning rate at a step, counted from 0. */
export type Schedule = (step: number) => number;

/** The peak at every step. */
export function constantSchedule(peak: number): Schedule {
  return () => peak;
}

/**
 * Rises linearly to `peak` over the first steps, then falls as half a cosine to `peak · finalFraction` at the
 * last step.
 *
 * @param warmupFraction part of all steps spent rising
 */
export function warmupCosine(
  peak: number,
  steps: number,
  warmupFraction: number,
  finalFraction: number,
): Schedule {
  const warmup = Math.round(steps * warmupFraction);
  return (step) => {
    if (step < warmup) return (peak * (step + 1)) / warmup;
    const progress = Math.min(1, (step - warmup) / Math.max(1, steps - 1 - warmup));
    return peak * (finalFraction + (1 - finalFraction) * 0.5 * (1 + Math.cos(Math.PI * progress)));
  };
}

/**
 * Rises as half a cosine from peak/25 to `peak`, then falls as half a cosine to `peak · finalFraction`.
 * Source: Smith and Topin, arXiv 1708.07120, in the cosine form of PyTorch's OneCycleLR.
 *
 * @param warmupFraction part of all steps spent rising
 */
export function oneCycle(
  peak: number,
  steps: number,
  warmupFraction: number,
  finalFraction: number,
): Schedule {
  const top = Math.max(1, warmupFraction * steps - 1);
  const between = (from: number, to: number, part: number): number =>
    to + ((from - to) / 2) * (1 + Math.cos(Math.PI * part));
  return (step) =>
    step <= top
      ? between(peak / 25, peak, step / top)
      : between(peak, peak * finalFraction, Math.min(1, (step - top) / Math.max(1, steps - 1 - top)));
}
