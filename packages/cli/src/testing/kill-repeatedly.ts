import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** How {@link killRepeatedly} kills. */
export interface Killing {
  /** Starts the program where it was stopped. */
  readonly start: () => ChildProcess;
  /** Resolves when the program of the k-th try, from 0, is to be killed, or has ended. */
  readonly moment: (child: ChildProcess, k: number) => Promise<void>;
  /** Whether there were enough kills; asked before each try with those that hit so far. */
  readonly enough: (kills: number) => boolean;
  /** Told after each kill that hit. */
  readonly killed?: () => Promise<void>;
  /** Checks what a program has left that came to its end before it was killed, and takes it away: the next one begins anew. */
  readonly ended: () => Promise<void>;
}

/**
 * Starts a program and kills it, again and again; gives the number of kills. Only those count that hit: on a busy machine a program may
 * have ended when the signal comes.
 */
export async function killRepeatedly({ start, moment, enough, killed, ended }: Killing): Promise<number> {
  let kills = 0;
  for (let k = 0; !enough(kills); k++) {
    const child = start();
    const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    await moment(child, k);
    child.kill('SIGKILL');
    const [code, signal] = await exit;
    if (signal === 'SIGKILL') {
      kills++;
      await killed?.();
    } else if (code === 0) await ended();
    else throw new Error(`the program failed with exit code ${code} by itself`);
  }
  return kills;
}
