import type { Device } from '@bravais/tensor-core';
import { firstLine, type WorkloadRun } from '../workloads/time-workloads';
import type { SizeCase } from './cases';
import type { SizedWork, SizeFailure, SizeTime } from './line';

/** As many warm up: the first records a step, the second confirms the recording, the third is the first replay. */
const WARM_UPS = 3;
/** Runs of a size within its turn: the first of them finds the caches full of another size's operands. */
const RUNS_IN_TURN = 2;

/** A size that is warm, and its times in ms. */
interface Contestant {
  readonly work: SizedWork;
  readonly run: WorkloadRun;
  readonly times: number[];
}

/**
 * Times sizes in turns, so that what slows the machine for a while slows them all; those that cannot be prepared say
 * why, after the others.
 */
export async function timeInTurns(
  device: Device,
  cases: readonly SizeCase[],
  turns: number,
): Promise<(SizeTime | SizeFailure)[]> {
  const contestants: Contestant[] = [];
  const failures: SizeFailure[] = [];
  for (const { prepare, ...work } of cases) {
    try {
      const run = prepare(device);
      for (let count = 0; count < WARM_UPS; count++) await run();
      contestants.push({ work, run, times: [] });
    } catch (error) {
      failures.push({ what: `${work.work}, ${work.size}`, error: firstLine(error) });
    }
  }
  for (let turn = 0; turn < turns; turn++) {
    for (const { run, times } of contestants) {
      for (let count = 0; count < RUNS_IN_TURN; count++) {
        const begun = performance.now();
        await run();
        times.push(performance.now() - begun);
      }
    }
  }
  const measured = contestants.map(({ work, times }) => ({
    ...work,
    bestMs: Math.min(...times),
    medianMs: median(times),
  }));
  return [...measured, ...failures];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
