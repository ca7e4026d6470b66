import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @typedef {{ engines: { node: string }, packageManager: string }} Manifest */

/** @type {Manifest} */
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Prints one line of what set-up is doing. @param {string} line */
export function say(line) {
  console.log(`set-up: ${line}`);
}

/** Set-up cannot go on; the message says what to do and is shown without a stack. */
export class SetUpError extends Error {
  code = 'SET_UP';
}
