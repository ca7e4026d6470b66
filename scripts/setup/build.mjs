import { capture } from './command.mjs';
import { pnpm } from './dependencies.mjs';
import { SetUpError, say } from './workspace.mjs';

/**
 * Builds a package and those it depends on; turbo skips what has not changed and finds pnpm because npx puts it on PATH.
 *
 * @param {string} name
 */
export function build(name) {
  const { ok, stdout, report } = capture('npx', pnpm('exec', 'turbo', 'run', 'build', `--filter=${name}...`));
  if (!ok) throw new SetUpError(`the build failed:\n${report}`);
  if (!stdout.includes('FULL TURBO')) say('packages built');
}
