import { join } from 'node:path';

const program = (name) => join('packages', 'bench', 'dist', name);
const training = (name) => join('packages', 'bench', 'training', name);

/** @type {readonly import('./run-stage.mjs').Stage[]} */
export const stages = [
  {
    name: 'doctor',
    seconds: 60,
    command: (out) => [join('packages', 'cli', 'dist', 'bin.js'), 'doctor', '--bench', '--out', out],
  },
  {
    name: 'tests',
    seconds: 240,
    command: (out) => [
      ...['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=75%'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(out, 'tests.json')}`],
      ...['tensor-core', 'graph-nn', 'losses', 'encoders'].map((name) => `packages/${name}/src`),
    ],
  },
  {
    name: 'bench',
    seconds: 180,
    command: (out) => [
      program('bench.js'),
      '--quick',
      '--peers',
      'pytorch-cuda',
      '--out',
      join(out, 'bench'),
    ],
  },
  { name: 'tune', seconds: 120, command: () => ['packages/tensor-core/bench/tune-matmul.mjs'] },
  { name: 'b1', seconds: 60, command: () => [training('b1.mjs'), '--epochs', '5'] },
  { name: 'mp-crystals', seconds: 90, command: () => [training('mp-crystals.mjs'), '--epochs', '3'] },
];
