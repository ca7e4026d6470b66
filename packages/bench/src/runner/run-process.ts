import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { PeerOutput } from './standings';

/** How a process is started. */
export interface ProcessOptions {
  /** Milliseconds after which it is killed. */
  readonly timeoutMs: number;
  /** Set on top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and keeps what it printed; one that does not start says so on `stderr`. */
export async function runProcess(
  [program, ...args]: readonly string[],
  { timeoutMs, env = {} }: ProcessOptions,
): Promise<PeerOutput> {
  const child = spawn(program!, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    const [[exitCode], [stdout, stderr]] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      printed,
    ]);
    return { exitCode, stdout, stderr };
  } catch (cause) {
    return { exitCode: 1, stdout: '', stderr: `${program}: ${(cause as Error).message}` };
  }
}
