import { join } from 'node:path';

const node = process.execPath;
const python = process.env.PYTHON || 'python3';
/** @param {...string} path below packages */
const inPackages = (...path) => join('packages', ...path);
/** @param {string} name */
const training = (name) => inPackages('bench', 'training', name);

/** @type {readonly import('./run-stage.mjs').Stage[]} */
export const stages = [
  {
    name: 'doctor',
    seconds: 60,
    command: (out) => [node, inPackages('cli', 'dist', 'bin.js'), 'doctor', '--bench', '--out', out],
  },
  {
    name: 'tests',
    seconds: 240,
    command: (out) => [
      node,
      ...['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=75%'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${join(out, 'tests.json')}`],
      ...['tensor-core', 'graph-nn', 'losses', 'encoders'].map((name) => inPackages(name, 'src')),
    ],
  },
  {
    name: 'tune',
    seconds: 150,
    command: (out) => [node, inPackages('tensor-core', 'bench', 'tune-matmul.mjs'), '--out', out],
  },
  {
    name: 'bandwidth',
    seconds: 60,
    command: (out) => [
      node,
      inPackages('tensor-core', 'bench', 'measure-kernels.mjs'),
      ...['--out', join(out, 'bandwidth.json')],
    ],
  },
  {
    name: 'bench',
    seconds: 240,
    command: (out) => [
      node,
      ...[inPackages('bench', 'dist', 'bench.js'), '--peers', 'pytorch-cuda'],
      ...['--parts', 'workloads,kernels,launches', '--out', join(out, 'bench')],
    ],
  },
  { name: 'products', seconds: 60, command: () => [python, inPackages('bench', 'pytorch', 'products.py')] },
  { name: 'b1', seconds: 60, command: () => [node, training('b1.mjs'), '--epochs', '10'] },
  { name: 'mp-crystals', seconds: 90, command: () => [node, training('mp-crystals.mjs'), '--epochs', '5'] },
];
