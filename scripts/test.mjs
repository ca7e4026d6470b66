import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { show } from './setup/command.mjs';
import { runCommand, setUp } from './setup/set-up.mjs';
import { root } from './setup/workspace.mjs';
import { countVitest, formatCount, sum } from './test-count.mjs';

/** The whole suite takes less than 15 minutes on 2 cores; a driver that hangs must not hang the command. */
const vitestTimeout = 25 * 60_000;
const tsc = join('typescript', 'bin', 'tsc');
const projects = readdirSync(join(root, 'packages')).map((name) => join('packages', name));

/** Each counts as one test. */
const checks = [
  { name: 'types of packages', script: tsc, args: ['-b', ...projects] },
  { name: 'types of tests', script: tsc, args: ['-p', 'tsconfig.test.json'] },
  { name: 'types of scripts', script: tsc, args: ['-p', 'scripts'] },
  {
    name: 'lint',
    script: join('@biomejs', 'biome', 'bin', 'biome'),
    args: ['check', '--diagnostic-level=warn', '.'],
  },
];

// `npm test -- packages/losses`: set-up, types, lint, then Vitest; arguments go through to Vitest.
runCommand(() => {
  setUp();
  const total = sum([...checks.map(check), runVitest(process.argv.slice(2))]);
  console.log(formatCount(total));
  return total.failed > 0 ? 1 : 0;
});

/** @param {(typeof checks)[number]} check */
function check({ name, script, args }) {
  const passed = runTool(script, args) === 0;
  console.log(`${name}: ${passed ? 'passed' : 'failed'}`);
  return { passed: Number(passed), failed: Number(!passed), skipped: 0 };
}

/** @param {readonly string[]} args */
function runVitest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'bravais-test-'));
  const file = join(folder, 'report.json');
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const exitCode = runTool(join('vitest', 'vitest.mjs'), ['run', ...reporters, ...args], vitestTimeout);
    return countVitest(readReport(file), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file @returns {import('./test-count.mjs').VitestReport | undefined} */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} script path in node_modules
 * @param {readonly string[]} args
 * @param {number} [timeout] milliseconds
 * @returns {number} exit code
 */
function runTool(script, args, timeout) {
  return show(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    timeout === undefined ? {} : { timeout },
  );
}
