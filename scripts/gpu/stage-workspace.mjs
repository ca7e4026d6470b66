import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture } from '../setup/command.mjs';
import { manifest, SetUpError, say } from '../setup/workspace.mjs';

/** What the tests and programs need of the root's own tools. */
const tools = ['vitest', 'fast-check', '@fast-check/vitest'];
const rootFiles = [
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
  'vitest.config.ts',
];
const folders = ['packages', 'tooling', 'experiments', 'scripts'];
const otherSystems = /^(darwin|win32|linux-arm64)/;

/**
 * Copies the sources and the built packages; manifests keep what running needs, not what building and comparing needs.
 *
 * @param {string} root the repository
 * @param {string} folder
 */
export function stageWorkspace(root, folder) {
  const { ok, stdout, report } = capture('git', [
    ...['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--'],
    ...[...rootFiles, ...folders],
  ]);
  if (!ok) throw new SetUpError(`git ls-files: ${report}`);
  const files = stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)));
  for (const name of files) copy(root, folder, name);
  for (const name of readdirSync(join(root, 'packages'))) {
    const dist = join('packages', name, 'dist');
    if (existsSync(join(root, dist))) copy(root, folder, dist);
  }
  for (const name of files.filter((each) => /^(packages\/[^/]+\/)?package\.json$/.test(each))) {
    slimManifest(join(folder, name));
  }
}

/** @param {string} from @param {string} to @param {string} name */
function copy(from, to, name) {
  mkdirSync(dirname(join(to, name)), { recursive: true });
  cpSync(join(from, name), join(to, name), { recursive: true });
}

/** @param {string} path of a package.json */
function slimManifest(path) {
  const { devDependencies = {}, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  const kept = Object.entries(devDependencies).filter(([name]) => [...tools, 'webgpu'].includes(name));
  writeFileSync(path, JSON.stringify({ ...rest, devDependencies: Object.fromEntries(kept) }, null, 2));
}

/**
 * Installs the modules of a staged workspace into a folder of their own, laid out as they go over the workspace.
 *
 * @param {string} workspace
 * @param {string} folder
 */
export function installModules(workspace, folder) {
  say('installing the modules of the kit');
  cpSync(workspace, folder, { recursive: true });
  const flags = ['--no-frozen-lockfile', '--prefer-offline', '--ignore-scripts'];
  const { ok, report } = capture('npx', ['-y', manifest.packageManager, 'install', ...flags], {
    cwd: folder,
    env: { CI: 'true' },
  });
  if (!ok) throw new SetUpError(`pnpm install: ${report}`);
  keepModulesOnly(folder);
}

/** @param {string} folder a workspace, which keeps its modules alone, and of Dawn's binaries this kit's own */
function keepModulesOnly(folder) {
  for (const name of readdirSync(folder)) {
    if (!['node_modules', 'packages'].includes(name)) rmSync(join(folder, name), { recursive: true });
  }
  for (const name of readdirSync(join(folder, 'packages'))) {
    const path = join(folder, 'packages', name);
    for (const inner of readdirSync(path)) {
      if (inner !== 'node_modules') rmSync(join(path, inner), { recursive: true });
    }
  }
  const store = join(folder, 'node_modules', '.pnpm');
  for (const name of readdirSync(store).filter((each) => each.startsWith('webgpu@'))) {
    const dist = join(store, name, 'node_modules', 'webgpu', 'dist');
    for (const system of readdirSync(dist).filter((each) => otherSystems.test(each))) {
      rmSync(join(dist, system), { recursive: true });
    }
  }
}
