import { join } from 'node:path';
import { capture, show } from './setup/command.mjs';
import { pnpm } from './setup/dependencies.mjs';
import { runCommand, setUp } from './setup/set-up.mjs';
import { root, SetUpError, say } from './setup/workspace.mjs';

// `npm run demo -- --seed 3`: set-up, build, then the CLI's demo; arguments go through to it.
runCommand(() => {
  setUp();
  build();
  const args = process.argv.slice(2);
  const out = args.some((arg) => arg === '--out' || arg.startsWith('--out='))
    ? []
    : ['--out', join('runs', 'demo')];
  return show(process.execPath, [join(root, 'packages', 'cli', 'dist', 'bin.js'), 'demo', ...out, ...args]);
});

/** Builds every package; turbo skips what has not changed and finds pnpm because npx puts it on PATH. */
function build() {
  const { ok, stdout, report } = capture(
    'npx',
    pnpm('exec', 'turbo', 'run', 'build', '--filter=./packages/*'),
  );
  if (!ok) throw new SetUpError(`the build failed:\n${report}`);
  if (!stdout.includes('FULL TURBO')) say('packages built');
}
