import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { root, say } from './workspace.mjs';

/**
 * Gives npm and pnpm a home folder they can write to: the user's, or `.cache/home` in the repository where
 * the user has none (containers that run under a bare user id). Turns off turbo's telemetry.
 */
export function prepareEnvironment() {
  process.env.TURBO_TELEMETRY_DISABLED = '1';
  const home = homedir() || passwordHome();
  if (home && writable(home)) {
    process.env.HOME ||= home;
    return;
  }
  const own = join(root, '.cache', 'home');
  mkdirSync(own, { recursive: true });
  say(`the home folder ${home || '(none)'} cannot be written, using ${own}`);
  process.env.HOME = own;
}

function passwordHome() {
  try {
    return userInfo().homedir;
  } catch {
    return '';
  }
}

/** @param {string} folder */
function writable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
