import { spawnSync } from 'node:child_process';
import { root } from './workspace.mjs';

const windows = process.platform === 'win32';
/** npm's own commands are batch files on Windows, which only a shell starts. */
const batchFiles = ['npm', 'npx'];
const maxOutputBytes = 64 * 1024 * 1024;

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd] working folder, the repository's root where left out
 * @property {Record<string, string>} [env] set on top of this process's environment
 * @property {number} [timeout] milliseconds, after which it is killed
 */

/**
 * Runs a command with its output on this terminal.
 *
 * @param {string} command
 * @param {readonly string[]} args without spaces
 * @param {CommandOptions} [options]
 * @returns {number} exit code; 127 where it could not be started or ran past its timeout, 1 where a signal ended it
 */
export function show(command, args, options = {}) {
  const result = spawnSync(...portable(command, args), { ...common(command, options), stdio: 'inherit' });
  return result.error ? 127 : (result.status ?? 1);
}

/**
 * Runs a command and keeps its output.
 *
 * @param {string} command
 * @param {readonly string[]} args without spaces
 * @param {CommandOptions} [options]
 * @returns {{ ok: boolean, stdout: string, report: string }} `report`: everything printed, or why it did not start
 */
export function capture(command, args, options = {}) {
  const result = spawnSync(...portable(command, args), {
    ...common(command, options),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: maxOutputBytes,
  });
  const printed = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
  const report = result.error ? `${command}: ${result.error.message}\n${printed}` : printed;
  return { ok: result.status === 0, stdout: result.stdout ?? '', report };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {[string, string[]]}
 */
function portable(command, args) {
  return [windows && batchFiles.includes(command) ? `${command}.cmd` : command, [...args]];
}

/**
 * @param {string} command
 * @param {CommandOptions} options
 */
function common(command, options) {
  return {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    shell: windows && batchFiles.includes(command),
    ...(options.timeout === undefined
      ? {}
      : { timeout: options.timeout, killSignal: /** @type {const} */ ('SIGKILL') }),
  };
}
