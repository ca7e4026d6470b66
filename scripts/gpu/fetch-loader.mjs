import { mkdirSync, rmSync } from 'node:fs';
import { capture } from '../setup/command.mjs';
import { SetUpError, say } from '../setup/workspace.mjs';

/** The Vulkan loader, and the dispatch libraries that vendors' drivers are linked with. */
const packages = ['libvulkan1', 'libegl1', 'libglvnd0', 'libopengl0', 'libgl1', 'libglx0', 'libgles2'];
const x86 = ['-o', 'APT::Architecture=amd64', '-o', 'APT::Architectures=amd64'];

/** Fetches the distribution's packages of the Vulkan loader for x86-64. @param {string} folder */
export function fetchLoader(folder) {
  say(`fetching ${packages.join(', ')} with apt`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { ok, report } = capture('apt-get', [...x86, 'download', ...packages], { cwd: folder });
  if (!ok) {
    throw new SetUpError(
      `apt-get download of ${packages.join(', ')} failed: ${report}\nBuild the kit on Debian or Ubuntu, after apt-get update.`,
    );
  }
}
