import { expect, it } from 'vitest';
import { compare } from './comparison';
import type { Row } from './standings';

const peers = [
  { name: 'ours', language: 'ours' },
  { name: 'a', language: 'TypeScript' },
  { name: 'b', language: 'TypeScript' },
  { name: 'py', language: 'Python' },
] as const;

function row(peer: string, ms: number, check: number, work: Row['work'] = 'matmul512'): Row {
  return { work, peer, ms, check, adapter: 'none' };
}

it('takes the fastest TypeScript peer, and divides our time by it', () => {
  const [only] = compare([row('ours', 4, 1), row('a', 16, 1), row('b', 8, 1), row('py', 2, 1)], peers);
  expect(only).toMatchObject({ ratioToRival: 0.5, ratioToPython: 2, disagree: [] });
  expect(only!.rival!.peer).toBe('b');
});

it('groups by workload in the order of the workloads', () => {
  const rows = [row('ours', 1, 1, 'mlp_step'), row('ours', 1, 1), row('a', 1, 1, 'mlp_step')];
  const groups = compare(rows, peers).map(({ work, rows: group }) => [work, group.length]);
  expect(groups).toEqual([
    ['matmul512', 1],
    ['mlp_step', 2],
  ]);
});

it('has no ratio where there is nobody to compare with', () => {
  const [alone] = compare([row('ours', 4, 1)], peers);
  expect(alone).toMatchObject({ rival: null, python: null, ratioToRival: null, ratioToPython: null });
  const [absent] = compare([row('a', 4, 1)], peers);
  expect(absent).toMatchObject({ ours: null, ratioToRival: null });
});

it.each([
  ['just within, of a large check', 1000, 1000 + 1.9, []],
  ['just past, of a large check', 1000, 1000 + 2.1, ['a']],
  ['just within, of a small check', 0.1, 0.1 + 0.0019, []],
  ['just past, of a small check', 0.1, 0.1 + 0.0021, ['a']],
  ['not a number', 1, Number.NaN, ['a']],
  ['infinite', 1, Number.POSITIVE_INFINITY, ['a']],
  ['null, as JSON writes NaN', 1, null as unknown as number, ['a']],
])('a check %s', (_what, usual, odd, disagree) => {
  const rows = [row('ours', 1, usual), row('a', 1, odd), row('b', 1, usual), row('py', 1, usual)];
  expect(compare(rows, peers)[0]!.disagree).toEqual(disagree);
});

it('marks us like anybody else, and both where two stand against each other', () => {
  const three = [row('ours', 1, 7), row('a', 1, 1), row('b', 1, 1)];
  expect(compare(three, peers)[0]!.disagree).toEqual(['ours']);
  const two = [row('ours', 1, 7), row('a', 1, 1)];
  expect(compare(two, peers)[0]!.disagree).toEqual(['ours', 'a']);
});

it('a peer with a wrong result is no rival', () => {
  const rows = [row('ours', 4, 1), row('a', 1, 5), row('b', 8, 1), row('py', 8, 1)];
  expect(compare(rows, peers)[0]!.rival!.peer).toBe('b');
});
