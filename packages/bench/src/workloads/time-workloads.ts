import type { PeerIdentity, WorkloadLine } from './line';
import { isWanted, WORKLOAD_NAMES, type Workload } from './workloads';

/** One run of a workload; it ends with a scalar read back from wherever it was computed. */
export type WorkloadRun = () => Promise<number>;

/** Makes the inputs and hands back the run; `undefined` where a peer cannot compute a workload. */
export type Preparations = Readonly<Record<Workload, () => WorkloadRun | Promise<WorkloadRun>>>;

/** What the command line of a peer's process says: parts of names, and seconds for each workload. */
export interface TimingRequest {
  readonly only: string;
  readonly seconds: number;
}

const RUNS = 12;
const DEFAULT_SECONDS = 8;

/** Reads `[parts of workload names, separated by commas] [seconds]`. */
export function timingRequest(args: readonly string[]): TimingRequest {
  const [only = '', seconds = `${DEFAULT_SECONDS}`] = args;
  return { only, seconds: Number(seconds) };
}

/** Best of up to 12 runs within `seconds`, after two that warm up; the check is the first run's. */
export async function bestOf(
  run: WorkloadRun,
  seconds: number = DEFAULT_SECONDS,
): Promise<{ ms: number; check: number }> {
  const check = await run();
  await run();
  let ms = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let count = 0; count < RUNS && (count === 0 || performance.now() - start < seconds * 1000); count++) {
    const begun = performance.now();
    await run();
    ms = Math.min(ms, performance.now() - begun);
  }
  return { ms, check };
}

/** Times the workloads that are asked for, one after the other, and hands on a line for each; an error is a line too. */
export async function timeWorkloads(
  identity: PeerIdentity,
  prepare: Preparations,
  { only, seconds }: TimingRequest,
  print: (line: WorkloadLine) => void,
): Promise<void> {
  for (const work of WORKLOAD_NAMES.filter((name) => isWanted(name, only))) {
    const start = performance.now();
    try {
      const { ms, check } = await bestOf(await prepare[work](), seconds);
      const total_s = Number(((performance.now() - start) / 1000).toFixed(1));
      print({ ...identity, work, ms: Number(ms.toFixed(3)), check: Number(check.toPrecision(6)), total_s });
    } catch (error) {
      print({ ...identity, work, error: firstLine(error) });
    }
  }
}

/** Prints a line for the process that started this one. */
export function printLine(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** The first line of what went wrong, cut to what a table can hold. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!.slice(0, 200);
}
