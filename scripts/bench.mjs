import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { show } from './setup/command.mjs';
import { runCommand, setUp } from './setup/set-up.mjs';
import { root } from './setup/workspace.mjs';

// `npm run bench -- --only matmul`: set-up, build, then the benchmark; arguments go through to it.
runCommand(() => {
  setUp();
  build('@bravais/bench');
  const program = join(root, 'packages', 'bench', 'dist', 'bench.js');
  return show(process.execPath, [program, ...process.argv.slice(2)]);
});
