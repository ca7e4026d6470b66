import type { WorkloadLine } from '../workloads/line';
import type { Workload } from '../workloads/workloads';

/** Best run of one peer on one workload. */
export interface Row {
  readonly work: Workload;
  readonly peer: string;
  readonly ms: number;
  /** The scalar that the workload ends with. */
  readonly check: number;
  readonly adapter: string;
}

/** Why there is no row: of a workload, or of all of a peer's where `work` is `null`. */
export interface Failure {
  readonly peer: string;
  readonly work: Workload | null;
  readonly error: string;
}

/** What all rounds came to. */
export interface Standings {
  /** One for each peer and workload that was computed at least once. */
  readonly rows: readonly Row[];
  readonly failures: readonly Failure[];
  /** Versions by peer, of those that started. */
  readonly versions: Readonly<Record<string, string>>;
}

/** How a peer's process ended. */
export interface PeerOutput {
  /** `null` where it was killed for taking too long. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Gathers what the processes print, and keeps the fastest run of each peer and workload. */
export class StandingsCollector {
  readonly #rows = new Map<string, Row>();
  readonly #failures = new Map<string, Failure>();
  readonly #versions: Record<string, string> = {};

  /** Takes in what one process of `peer` printed. */
  add(peer: string, { exitCode, stdout, stderr }: PeerOutput): void {
    const lines = stdout.split('\n').flatMap(parseLine);
    for (const line of lines) {
      this.#versions[peer] = line.version;
      const key = `${peer} ${line.work}`;
      if ('error' in line) {
        this.#failures.set(key, { peer, work: line.work, error: line.error });
        continue;
      }
      const { work, ms, check, adapter } = line;
      const known = this.#rows.get(key);
      if (!known || ms < known.ms) this.#rows.set(key, { work, peer, ms, check, adapter });
    }
    if (exitCode !== 0 || lines.length === 0) {
      this.#failures.set(peer, { peer, work: null, error: reason(exitCode, stderr) });
    }
  }

  get standings(): Standings {
    return {
      rows: [...this.#rows.values()],
      failures: [...this.#failures.values()],
      versions: { ...this.#versions },
    };
  }
}

/** A line that is not JSON is somebody's talk. */
function parseLine(text: string): WorkloadLine[] {
  if (!text.startsWith('{')) return [];
  try {
    // JSON has no NaN: Python prints one, JavaScript prints null.
    const line = JSON.parse(text.replace(/: (?:NaN|-?Infinity)/g, ': null')) as WorkloadLine;
    return [line];
  } catch {
    return [];
  }
}

/** The last thing said about an error. */
function reason(exitCode: number | null, stderr: string): string {
  if (exitCode === null) return 'took too long';
  const said = stderr
    .split('\n')
    .filter((line) => /\S/.test(line) && !/^\s+at |^Warning|^Node\.js v/.test(line));
  const error = said.findLast((line) => /error|cannot|not |no /i.test(line)) ?? said.at(-1);
  return (error ?? `ended with exit code ${exitCode} and printed nothing`).trim().slice(0, 200);
}
