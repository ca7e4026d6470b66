import { openDevice } from '@bravais/tensor-core/node';
import { expect, it } from 'vitest';
import { WORKLOAD_NAMES } from '../workloads/workloads';
import { type SizeCase, sizeCases } from './cases';
import { perOperation } from './per-operation';
import { timeInTurns } from './time-in-turns';

/** What the larger sizes take is for the benchmark. */
const QUICK_OPERATIONS = 1.2e8;

it('every workload has its own size first, and others about it, each once', () => {
  const cases = sizeCases();
  expect([...new Set(cases.map(({ work }) => work))]).toEqual(WORKLOAD_NAMES);
  for (const name of WORKLOAD_NAMES) {
    const ofWork = cases.filter(({ work }) => work === name);
    expect(ofWork.map(({ reference }) => reference)).toEqual(ofWork.map((_, index) => index === 0));
    expect(new Set(ofWork.map(({ size }) => size)).size).toBe(ofWork.length);
    expect(ofWork.length).toBeGreaterThan(3);
  }
  expect(cases[0]).toMatchObject({ work: 'matmul512', size: '512 × 512 × 512', operations: 2 ** 28 });
});

it('small sizes run and are timed', async () => {
  const device = await openDevice();
  const cases = sizeCases().filter(({ operations }) => operations < QUICK_OPERATIONS);
  const lines = await timeInTurns(device, cases, 1);
  device.destroy();
  expect(lines).toHaveLength(cases.length);
  for (const [index, line] of lines.entries()) {
    const { prepare: _, ...work } = cases[index]!;
    expect(line).toEqual({ ...work, bestMs: expect.any(Number), medianMs: expect.any(Number) });
  }
});

it('sizes take turns of two runs, and one that fails stops no other', async () => {
  const device = await openDevice();
  const order: string[] = [];
  const sized = (size: string, fails = false): SizeCase => ({
    ...{ work: 'matmul512', size, reference: false, operations: 1 },
    prepare: () => async () => {
      if (fails) throw new Error('out of memory\nand more');
      order.push(size);
      return 0;
    },
  });
  const lines = await timeInTurns(device, [sized('a'), sized('x', true), sized('b')], 2);
  device.destroy();
  expect(order.join('')).toBe(`aaabbb${'aabb'.repeat(2)}`);
  expect(lines.map((line) => ('error' in line ? line : line.size))).toEqual([
    'a',
    'b',
    { what: 'matmul512, x', error: 'out of memory' },
  ]);
});

it('time per operation is over that of the own size of the same workload, where it has a time', () => {
  const time = (work: 'matmul512' | 'mlp_step', reference: boolean, operations: number, bestMs: number) => ({
    ...{ work, size: '', reference, operations, bestMs, medianMs: bestMs },
  });
  const times = [
    time('matmul512', false, 1e6, 3),
    time('matmul512', true, 4e6, 4),
    time('mlp_step', false, 1, 1),
  ];
  const ratios = perOperation(times);
  expect(ratios.map(({ ratio }) => ratio)).toEqual([3, 1, null]);
  expect(ratios[1]!.gigaflopsPerSecond).toBe(1);
});
