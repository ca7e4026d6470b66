import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { show } from './setup/command.mjs';
import { runCommand, setUp } from './setup/set-up.mjs';
import { root } from './setup/workspace.mjs';

// `npm run demo -- --seed 3`: set-up, build, then the CLI's demo; arguments go through to it.
runCommand(() => {
  setUp();
  build('@bravais/cli');
  const args = process.argv.slice(2);
  const out = args.some((arg) => arg === '--out' || arg.startsWith('--out='))
    ? []
    : ['--out', join('runs', 'demo')];
  return show(process.execPath, [join(root, 'packages', 'cli', 'dist', 'bin.js'), 'demo', ...out, ...args]);
});
