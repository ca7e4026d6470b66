import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/**
 * A command with its time limit.
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {(out: string) => readonly [string, ...string[]]} command program and arguments
 * @property {number} seconds after which it is killed
 */

/**
 * Runs a stage; what it prints goes to the terminal and to `OUT/<name>.log`.
 *
 * @param {Stage} stage
 * @param {string} out
 * @returns {Promise<{ stage: string, exitCode: number, seconds: number }>} exit code 124 where its time ran out
 */
export async function runStage({ name, command, seconds: limit }, out) {
  const log = createWriteStream(join(out, `${name}.log`));
  const start = performance.now();
  const [program, ...args] = command(out);
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      log.write(part);
      process.stdout.write(part);
    });
  }
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    // The whole group: test runners leave workers behind.
    process.kill(-(child.pid ?? 0), 'SIGKILL');
  }, 1000 * limit);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  log.end();
  return { stage: name, exitCode: late ? 124 : (code ?? 1), seconds: (performance.now() - start) / 1000 };
}
