import { afterEach, expect, it, vi } from 'vitest';
import type { WorkloadLine } from './line';
import { bestOf, type Preparations, timeWorkloads, timingRequest, type WorkloadRun } from './time-workloads';
import { isWanted, WORKLOAD_NAMES } from './workloads';

const identity = { peer: 'p', version: '1', adapter: 'none' };

afterEach(() => {
  vi.restoreAllMocks();
});

it('two runs warm up, the best of twelve is given, and the check is the first one', async () => {
  const takeMs = [1, 2, 30, 20, 7, 9, 8, 7.5, 60, 11, 12, 13, 14, 15];
  let [runs, nowMs] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const { ms, check } = await bestOf(async () => {
    nowMs += takeMs[runs]!;
    return ++runs;
  }, 60);
  expect(runs).toBe(14);
  expect([ms, check]).toEqual([7, 1]);
});

it('stops when its time is over, after one timed run at least', async () => {
  let runs = 0;
  await bestOf(async () => ++runs, 0);
  expect(runs).toBe(3);
});

it('prints a line for each workload that is asked for, and goes on after an error', async () => {
  const lines: WorkloadLine[] = [];
  const fails = (): WorkloadRun => {
    throw new Error('no kernel\nand more');
  };
  const prepare = Object.fromEntries(
    WORKLOAD_NAMES.map((name) => [name, name === 'mlp_step' ? fails : () => async () => 1 / 3]),
  ) as Preparations;
  const print = (line: WorkloadLine): unknown => lines.push(line);
  await timeWorkloads(identity, prepare, { only: 'matmul,mlp', seconds: 0 }, print);
  expect(lines).toEqual([
    { ...identity, work: 'matmul512', ms: expect.any(Number), check: 0.333333, total_s: expect.any(Number) },
    { ...identity, work: 'matmul1024', ms: expect.any(Number), check: 0.333333, total_s: expect.any(Number) },
    { ...identity, work: 'mlp_step', error: 'no kernel' },
  ]);
});

it('reads the arguments of a process', () => {
  expect(timingRequest([])).toEqual({ only: '', seconds: 8 });
  expect(timingRequest(['clip', '1'])).toEqual({ only: 'clip', seconds: 1 });
});

it('a name is wanted by any of its parts', () => {
  expect(isWanted('clip_fwdbwd', '')).toBe(true);
  expect(isWanted('clip_fwdbwd', 'matmul,clip')).toBe(true);
  expect(isWanted('clip_fwdbwd', 'matmul,')).toBe(false);
});
