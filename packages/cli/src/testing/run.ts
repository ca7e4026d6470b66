import { runCli } from '../run-cli';
import type { Services } from '../services/services';
import { MemoryStream } from './memory-stream';

/** How a command line ended. */
export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process. */
export async function run(
  services: Services,
  argv: readonly string[],
  signal: AbortSignal = new AbortController().signal,
): Promise<RunResult> {
  const stdout = new MemoryStream();
  const stderr = new MemoryStream();
  const exitCode = await runCli({ argv, stdout, stderr, services, signal, nowMs: () => performance.now() });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
