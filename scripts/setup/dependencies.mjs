import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './command.mjs';
import { manifest, root, SetUpError, say } from './workspace.mjs';

const stamp = join(root, 'node_modules', '.set-up');

/** Installs the packages named by the lockfile, unless node_modules already holds them. */
export function installDependencies() {
  const wanted = fingerprint();
  if (readOrEmpty(stamp) === wanted) return;
  say(`installing dependencies with ${manifest.packageManager}`);
  const { ok, report } = capture(
    'npx',
    pnpm('install', '--frozen-lockfile', '--config.confirm-modules-purge=false'),
    {
      env: { CI: 'true' },
    },
  );
  if (!ok) {
    throw new SetUpError(
      `the dependencies could not be installed:\n${report}\nCheck the network, then run this again.`,
    );
  }
  writeFileSync(`${stamp}.new`, wanted);
  renameSync(`${stamp}.new`, stamp);
}

/**
 * Arguments of `npx` that run pnpm in the version pinned by package.json.
 *
 * @param {...string} args
 */
export function pnpm(...args) {
  return ['-y', manifest.packageManager, ...args];
}

/** Changes with the lockfile, with pnpm and with the machine that binaries were chosen for. */
function fingerprint() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const machine = `${process.platform} ${process.arch} ${manifest.packageManager}\n`;
  return createHash('sha256').update(machine).update(lockfile).digest('hex');
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
