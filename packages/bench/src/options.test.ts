import { expect, it } from 'vitest';
import { BenchUsageError, checkPeers, parseOptions } from './options';

it('without options runs everything in three rounds', () => {
  expect(parseOptions([])).toEqual({
    only: '',
    rounds: 3,
    peers: null,
    parts: ['workloads', 'sizes', 'kernels', 'launches', 'start'],
    out: 'runs/bench',
    quick: false,
    help: false,
  });
});

it('reads what is asked for', () => {
  const args = [
    '--only',
    'clip',
    '--rounds',
    '5',
    '--peers',
    'pytorch,tfjs-wasm',
    '--parts',
    'start,workloads',
  ];
  expect(parseOptions([...args, '--out', 'docs', '--quick'])).toMatchObject({
    only: 'clip',
    rounds: 5,
    peers: ['pytorch', 'tfjs-wasm'],
    parts: ['workloads', 'start'],
    out: 'docs',
    quick: true,
  });
  expect(parseOptions(['--quick']).rounds).toBe(1);
  expect(parseOptions(['--peers', 'none']).peers).toEqual([]);
});

it.each([
  [['--rounds', '0']],
  [['--rounds', '1.5']],
  [['--rounds', 'many']],
  [['--parts', 'kernel']],
  [['--parts', '']],
  [['--nope']],
  [['matmul']],
])('%j is refused with what is expected', (args) => {
  expect(() => parseOptions(args)).toThrow(BenchUsageError);
});

it('refuses a peer that does not exist, and names those that do', () => {
  expect(() => checkPeers(['torch'], ['pytorch'])).toThrow('expected some of pytorch, got torch');
});
