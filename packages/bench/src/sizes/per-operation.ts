import type { SizeTime } from './line';

/** More than so many times the workload's own time per operation is a cliff. */
export const CLIFF = 2;

/** A size held against the workload's own. */
export interface SizeRatio extends SizeTime {
  readonly gigaflopsPerSecond: number;
  /** Best time per operation over that of the workload's own size; `null` where that one has no time. */
  readonly ratio: number | null;
}

/** r = (t / n) / (t₀ / n₀), t₀ and n₀ those of the workload's own size. */
export function perOperation(times: readonly SizeTime[]): SizeRatio[] {
  return times.map((time) => {
    const own = times.find(({ work, reference }) => reference && work === time.work);
    return {
      ...time,
      gigaflopsPerSecond: time.operations / time.bestMs / 1e6,
      ratio: own ? time.bestMs / time.operations / (own.bestMs / own.operations) : null,
    };
  });
}
