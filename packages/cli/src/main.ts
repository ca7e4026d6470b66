import type { Writable } from 'node:stream';
import { runCli } from './run-cli';
import type { Services } from './services/services';

/**
 * Runs the command line of this process and ends it. The first Ctrl-C asks the command to save and stop, the second ends at once with
 * exit code 130.
 */
export async function main(services: Services): Promise<never> {
  const { stdout, stderr } = process;
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    stderr.write('\nstopping after this step; Ctrl-C again ends at once, without a checkpoint\n');
    controller.abort();
  });
  for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
  const exitCode = await runCli({
    argv: process.argv.slice(2),
    stdout,
    stderr,
    services,
    signal: controller.signal,
    nowMs: () => performance.now(),
  });
  await Promise.all([drained(stdout), drained(stderr)]);
  // A driver may hold threads that keep the process up.
  process.exit(exitCode);
}

/** A reader that left early, as `head` does, must not end a run. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || !stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
