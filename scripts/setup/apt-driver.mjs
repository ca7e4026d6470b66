import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backportsOf, formatAptSource, parseAptSources } from './apt-sources.mjs';
import { capture } from './command.mjs';
import { say } from './workspace.mjs';

const driver = 'mesa-vulkan-drivers';
/** The lavapipe of older Mesa offers no adapter that Dawn accepts. */
const oldestMesa = 24;
const aptFolder = '/etc/apt';

/** @returns {boolean} whether this process may install packages with apt */
export function mayUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && capture('apt-get', ['--version']).ok;
}

/**
 * Installs Mesa's software Vulkan driver (lavapipe) and the Vulkan loader with apt: the distribution's if it is
 * new enough, else the one in Debian's backports. Package lists and the extra source live in a temporary folder,
 * so the machine's apt configuration stays as it was.
 *
 * @returns {string} empty where it went well, else the reason in words
 */
export function installWithApt() {
  const workFolder = mkdtempSync(join(tmpdir(), 'bravais-apt-'));
  try {
    return install(workFolder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** @param {string} workFolder @returns {string} */
function install(workFolder) {
  const parts = privateSources(workFolder);
  const options = [
    '-o',
    `Dir::State::lists=${join(workFolder, 'lists')}`,
    '-o',
    `Dir::Etc::sourceparts=${parts}`,
  ];
  /** @param {string} command @param {...string} args */
  const apt = (command, ...args) =>
    capture(command, [...options, '-o', 'Dir::Cache::pkgcache=', '-o', 'Dir::Cache::srcpkgcache=', ...args], {
      env: { LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
    });

  say('reading package lists with apt');
  const update = apt('apt-get', '-qq', 'update');
  let version = candidate(apt('apt-cache', 'policy', driver).stdout);
  /** @type {string[]} */
  let target = [];
  if (mesaMajor(version) < oldestMesa) {
    const suite = addBackports(parts);
    if (suite === undefined) return tooOld(version, update.report);
    const second = apt('apt-get', '-qq', 'update');
    target = ['-t', suite];
    version = candidate(apt('apt-cache', 'policy', ...target, driver).stdout);
    if (mesaMajor(version) < oldestMesa) return tooOld(version, second.report);
  }
  say(`installing ${driver} ${version} with apt`);
  const packages = ['libvulkan1', driver];
  const flags = ['-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...target];
  const { ok, report } = apt('apt-get', 'install', ...flags, ...packages);
  return ok ? '' : report;
}

/** A folder that shows apt the machine's own source parts. @param {string} workFolder */
function privateSources(workFolder) {
  // apt downloads as the user _apt, who must be able to enter.
  chmodSync(workFolder, 0o755);
  const parts = join(workFolder, 'sources.list.d');
  mkdirSync(parts);
  mkdirSync(join(workFolder, 'lists'));
  for (const name of sourceParts()) symlinkSync(join(aptFolder, 'sources.list.d', name), join(parts, name));
  return parts;
}

/**
 * @param {string} parts folder of source parts
 * @returns {string | undefined} the suite that was added
 */
function addBackports(parts) {
  const release = read('/etc/os-release');
  const codename = /^VERSION_CODENAME="?(\w+)"?$/m.exec(release)?.[1];
  if (!/^ID="?debian"?$/m.test(release) || codename === undefined) return undefined;
  const sources = [
    ...parseAptSources('sources.list', read(join(aptFolder, 'sources.list'))),
    ...sourceParts().flatMap((name) => parseAptSources(name, read(join(aptFolder, 'sources.list.d', name)))),
  ];
  const backports = backportsOf(sources, codename);
  if (backports === undefined) return undefined;
  writeFileSync(join(parts, 'bravais-backports.sources'), formatAptSource(backports));
  return backports.suites[0];
}

function sourceParts() {
  try {
    return readdirSync(join(aptFolder, 'sources.list.d')).filter((name) => /\.(list|sources)$/.test(name));
  } catch {
    return [];
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** The version apt would install. @param {string} policy what `apt-cache policy` printed, in English */
export function candidate(policy) {
  return /^\s*Candidate:\s*(\S+)/m.exec(policy)?.[1] ?? '(none)';
}

/** Mesa's major version, 0 where there is none. @param {string} version `1:25.0.7-2~bpo12+1` */
export function mesaMajor(version) {
  return Number(/^(?:\d+:)?(\d+)\./.exec(version)?.[1] ?? 0);
}

/** @param {string} version @param {string} report */
function tooOld(version, report) {
  return `apt offers ${driver} ${version}, ${oldestMesa} or newer is needed. ${report}`.trim();
}
