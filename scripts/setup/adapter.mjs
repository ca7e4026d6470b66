import { join } from 'node:path';
import { capture } from './command.mjs';
import { root, SetUpError } from './workspace.mjs';

const probeScript = join(root, 'scripts', 'setup', 'probe-adapter.mjs');
const timeout = 120_000;

/**
 * Looks for a WebGPU adapter that opens a device, in a child process: a driver that crashes takes only that down.
 *
 * @returns {import('./probe-adapter.ts').Probe}
 * @throws {SetUpError} where Dawn itself does not load
 */
export function probeAdapter() {
  const { ok, stdout, report } = capture(process.execPath, [probeScript], { timeout });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (ok && line.startsWith('{')) return JSON.parse(line);
  throw new SetUpError(
    `Dawn, the WebGPU implementation for Node, does not start on this machine:\n${report}`,
  );
}
