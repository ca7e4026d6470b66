import type { Device } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { beforeAll, expect, it } from 'vitest';
import { CONSTANTS, inputs } from '../workloads/inputs';
import type { Workload } from '../workloads/workloads';
import { contrast } from './contrast';
import { crystalConvolution } from './crystal-convolution';
import { mlpStep } from './mlp-step';
import { product } from './product';
import { barlowTwinsLoss, tensorClipLoss } from './triples';
import { ourWorkloads } from './workloads';

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

/** The first run's scalar, twice: a workload that does not change its inputs gives the same bits again. */
async function checks(work: Workload): Promise<[number, number]> {
  const run = await ourWorkloads(device)[work]();
  return [await run(), await run()];
}

it('matmul512 is C[0, 0] in float64', async () => {
  const { a, b } = inputs.matmul512();
  let expected = 0;
  for (let k = 0; k < 512; k++) expected += a.values[k]! * b.values[k * 512]!;
  const [first, second] = await checks('matmul512');
  expect(first).toBeCloseTo(expected, 4);
  expect(second).toBe(first);
});

it('tensorclip_fwd is the mean of logsumexp minus the positive, in float64', async () => {
  const { x, y, z } = inputs.tensorclip_fwd();
  const [count, width] = [64, 128];
  const at = (values: Float32Array, row: number, column: number): number => values[row * width + column]!;
  const sums = Array.from({ length: 3 }, () => new Float64Array(count));
  let matching = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      for (let c = 0; c < count; c++) {
        let score = 0;
        for (let d = 0; d < width; d++) score += at(x.values, a, d) * at(y.values, b, d) * at(z.values, c, d);
        score *= CONSTANTS.tensorClipScale;
        if (a === b && b === c) matching += score / count;
        // Scores stay within 100, so float64 needs no maximum.
        [a, b, c].forEach((row, axis) => {
          sums[axis]![row]! += Math.exp(score);
        });
      }
    }
  }
  const normalizers = sums.flatMap((sum) => [...sum]).reduce((total, sum) => total + Math.log(sum), 0);
  const [first, second] = await checks('tensorclip_fwd');
  expect(first).toBeCloseTo(normalizers / (3 * count) - matching, 3);
  expect(second).toBe(first);
});

it.each(['clip_fwdbwd', 'cgcnn_fwdbwd', 'barlow3_fwd'] as const)('%s repeats its bits', async (work) => {
  const [first, second] = await checks(work);
  expect(Number.isFinite(first)).toBe(true);
  expect(second).toBe(first);
});

it('a product of any extents is C[0, 0] in float64', async () => {
  const [depth, columns] = [37, 13];
  const pair = inputs.matmul512({ rows: 5, depth, columns });
  let expected = 0;
  for (let k = 0; k < depth; k++) expected += pair.a.values[k]! * pair.b.values[k * columns]!;
  expect(await product(device, pair)()).toBeCloseTo(expected, 5);
});

const small = { rows: 9, width: 7 };
it.each([
  ['mlp_step', () => mlpStep(device, inputs.mlp_step(small))],
  ['clip_fwdbwd', () => contrast(device, inputs.clip_fwdbwd(small))],
  ['cgcnn_fwdbwd', () => crystalConvolution(device, inputs.cgcnn_fwdbwd({ nodes: 7, edges: 31, width: 12 }))],
  ['tensorclip_fwd', () => tensorClipLoss(device, inputs.tensorclip_fwd(small))],
  ['barlow3_fwd', () => barlowTwinsLoss(device, inputs.barlow3_fwd(small))],
] as const)('%s runs at another size, and as well when it is replayed', async (work, prepare) => {
  const [first, second] = [prepare(), prepare()];
  const [checks, again] = [[await first(), await first(), await first()], await second()];
  expect(checks.every(Number.isFinite)).toBe(true);
  expect(again).toBe(checks[0]);
  if (work !== 'mlp_step') expect(checks[2]).toBe(checks[0]);
  else expect(checks[2]).toBeLessThan(checks[0]!);
});

it('mlp_step learns', async () => {
  const run = await ourWorkloads(device).mlp_step();
  const losses = [];
  for (let step = 0; step < 20; step++) losses.push(await run());
  expect(losses.at(-1)!).toBeLessThan(losses[0]!);
});
