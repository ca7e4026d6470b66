import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../setup/build.mjs';
import { runCommand, setUp } from '../setup/set-up.mjs';
import { root, SetUpError, say } from '../setup/workspace.mjs';
import { fetchLoader } from './fetch-loader.mjs';
import { fetchNode } from './fetch-node.mjs';
import { pack } from './pack.mjs';
import { installModules, stageWorkspace } from './stage-workspace.mjs';

const mostBytes = 64 * 2 ** 20;

// `npm run gpu:kit -- --out FOLDER`: all that a Linux machine (x86-64) with a GPU driver and nothing else needs to test
// and measure this repository, without a network. `sh FOLDER/run.sh OUT` starts it there.
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'runs/gpu-kit' },
    /** Packs only what this repository made, beside the runtime of an earlier kit. */
    'keep-runtime': { type: 'boolean', default: false },
  },
});

runCommand(() => {
  setUp();
  build('@bravais/bench');
  const kit = resolve(values.out);
  const keep = values['keep-runtime'];
  if (keep && !existsSync(join(kit, 'modules.tar.xz'))) {
    throw new SetUpError(
      `--keep-runtime: expected an earlier kit in ${kit}, got none. Leave the option out.`,
    );
  }
  const stage = mkdtempSync(join(tmpdir(), 'bravais-gpu-kit-'));
  try {
    mkdirSync(kit, { recursive: true });
    const workspace = join(stage, 'workspace');
    stageWorkspace(root, workspace);
    pack(workspace, join(kit, 'workspace.tar.xz'));
    if (!keep) {
      fetchNode(join(stage, 'node'));
      pack(join(stage, 'node'), join(kit, 'node.tar.xz'));
      fetchLoader(join(kit, 'loader'));
      installModules(workspace, join(stage, 'modules'));
      pack(join(stage, 'modules'), join(kit, 'modules.tar.xz'));
    }
    cpSync(fileURLToPath(new URL('run.sh', import.meta.url)), join(kit, 'run.sh'));
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
  const bytes = sizeOf(kit);
  if (bytes > mostBytes) {
    throw new SetUpError(`${kit}: expected at most ${mostBytes} bytes, got ${bytes}. Leave modules out.`);
  }
  say(`${kit}: ${(bytes / 2 ** 20).toFixed(1)} MiB`);
  return 0;
});

/** @param {string} folder @returns {number} bytes of all files below */
function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
