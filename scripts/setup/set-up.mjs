import { probeAdapter } from './adapter.mjs';
import { installWithApt, mayUseApt } from './apt-driver.mjs';
import { installDependencies } from './dependencies.mjs';
import { prepareEnvironment } from './home.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { installSwiftShader, mayUseSwiftShader } from './swiftshader.mjs';
import { manifest, SetUpError, say } from './workspace.mjs';

/**
 * Brings a bare machine (Node and npm) to where the commands run: dependencies and a WebGPU adapter.
 * Says one line for each thing it does; says nothing where all is there.
 *
 * @throws {SetUpError} with the remedy
 */
export function setUp() {
  checkNodeVersion(manifest.engines.node, process.version);
  prepareEnvironment();
  installDependencies();
  ensureAdapter();
}

function ensureAdapter() {
  let probe = probeAdapter();
  if (probe.adapter !== null) return;
  say('no WebGPU adapter found, looking for a software driver');
  const { cache } = probe;
  const ways = [
    { name: 'apt', possible: mayUseApt, install: installWithApt },
    { name: 'SwiftShader', possible: mayUseSwiftShader, install: () => installSwiftShader(cache) },
  ];
  const reasons = [];
  for (const { name, possible, install } of ways) {
    if (!possible()) continue;
    const reason = install();
    if (reason === '') probe = probeAdapter();
    if (probe.adapter !== null) {
      say(`using the adapter ${probe.adapter}`);
      return;
    }
    reasons.push(`${name}: ${reason || 'installed, but still no adapter'}`);
    say(`${name} gave no adapter`);
  }
  throw new SetUpError(`no WebGPU adapter.\n${reasons.join('\n')}\n${remedy()}`);
}

function remedy() {
  if (process.platform !== 'linux')
    return 'Update the graphics driver; Dawn needs Metal on macOS and Direct3D 12 on Windows.';
  return (
    'Install a Vulkan driver as root: `apt-get install libvulkan1 mesa-vulkan-drivers` on Debian 13 or Ubuntu 24.04 ' +
    '(Debian 12: add bookworm-backports and `-t bookworm-backports`), `dnf install vulkan-loader mesa-vulkan-drivers` on Fedora.'
  );
}

/**
 * Runs a command's body; a {@link SetUpError} ends the process with its message and exit code 1.
 *
 * @param {() => number} body returns the exit code
 */
export function runCommand(body) {
  try {
    process.exitCode = body();
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(`set-up: ${error.message}`);
    process.exitCode = 1;
  }
}
