// Trains the same model on the same data here and in PyTorch with one thread, seed by seed in turn, and prints one JSON line
// a run, then a table of means and spreads. Node's side runs in a process of its own too. See README.md.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOptions } from './read-options.mjs';
import { summaryTable } from './summary-table.mjs';

const here = import.meta.dirname;
const pytorch = join(here, '..', 'pytorch');

/** What a task's scripts are called, the options they take, and the scores that its table shows. */
const TASKS = {
  'mp-crystals': {
    ours: 'mp-crystals.mjs',
    exports: 'export-mp-crystals.mjs',
    theirs: 'mp_crystals.py',
    defaults: { limit: 4000, val: 1000, epochs: 5, batch: 128, target: 'e_form' },
    scores: { 'val MAE': ({ valMae }) => valMae },
  },
  b1: {
    ours: 'b1.mjs',
    exports: 'export-b1.mjs',
    theirs: 'b1.py',
    defaults: { epochs: 5 },
    scores: {
      'val MRR': ({ val }) => val.mrr,
      'val R@1': ({ val }) => val['r@1'],
      'val R@10': ({ val }) => val['r@10'],
    },
  },
};

/** Large tensors come and go in every step: without these settings of glibc's allocator their pages are mapped anew each time. */
const PYTHON_ENVIRONMENT = {
  MALLOC_MMAP_THRESHOLD_: String(32 * 2 ** 20),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
  MALLOC_TOP_PAD_: String(2 ** 28),
  PYTHONDONTWRITEBYTECODE: '1',
};

const [name, ...rest] = process.argv.slice(2);
const task = TASKS[name];
if (!task)
  throw new Error(`compare: the first word must be one of ${Object.keys(TASKS).join(', ')}, got "${name}".`);
const { seeds, ...options } = readOptions({ seeds: 3, ...task.defaults }, rest);
const flags = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);

const folder = mkdtempSync(join(tmpdir(), 'bravais-'));
try {
  const exported = node(task.exports, [...flags, '--seeds', String(seeds), '--out', folder]);
  if (exported.includes('skipped: no data')) console.log('skipped: no data');
  else await compare();
} finally {
  rmSync(folder, { recursive: true });
}

async function compare() {
  const runs = [];
  for (let seed = 0; seed < seeds; seed++) {
    for (const run of [
      () => node(task.ours, [...flags, '--seed', String(seed)]),
      () => python(task.theirs, [folder, '--seed', String(seed)]),
    ]) {
      const result = resultOf(run());
      console.log(JSON.stringify(result));
      runs.push(result);
    }
  }
  console.log(summaryTable(runs, task.scores));
}

function node(script, args) {
  return output(process.execPath, [join(here, script), ...args]);
}

function python(script, args) {
  return output(process.env.PYTHON ?? 'python3', [join(pytorch, script), ...args], PYTHON_ENVIRONMENT);
}

function output(program, args, environment = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    maxBuffer: 2 ** 26,
  });
  if (status === 0) return stdout;
  throw new Error(
    `compare: ${program} ${args.join(' ')} must end well, got ${error ?? stderr}. PYTHON names an interpreter that has torch and numpy.`,
  );
}

function resultOf(lines) {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find(({ kind }) => kind === 'result');
}
