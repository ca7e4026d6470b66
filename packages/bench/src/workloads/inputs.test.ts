import { createHash } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { integers, uniform } from './host-tensor';
import { CONSTANTS, inputs } from './inputs';
import { graphInputs, productInputs, tripleInputs } from './sized-inputs';
import { WORKLOAD_NAMES, type Workload } from './workloads';

/** First digits of the SHA-256 of names, extents and little-endian values: times of two versions compare on equal inputs. */
const DIGESTS: Readonly<Record<Workload, string>> = {
  matmul512: '3e888a8f5fb52df8',
  matmul1024: '8734a51cc270d46d',
  mlp_step: '5a728911899dceb8',
  clip_fwdbwd: 'cb2fb30cd1b95cd7',
  cgcnn_fwdbwd: 'cbd4224c12b79e39',
  tensorclip_fwd: 'd0024ab7c72a9000',
  barlow3_fwd: '05270e282e37f421',
};

it.each(WORKLOAD_NAMES)('%s: at the size that the peers meet, the bits stay what they were', (work) => {
  const hash = createHash('sha256');
  for (const [name, { shape, values }] of Object.entries(inputs[work]())) {
    hash.update(`${name} ${shape.join(' ')}\n`).update(values);
  }
  expect(hash.digest('hex').slice(0, 16)).toBe(DIGESTS[work]);
});

it('values are those of the generator everywhere: the first of some inputs', () => {
  const { x } = inputs.tensorclip_fwd();
  const { source, target } = inputs.cgcnn_fwdbwd();
  expect([...inputs.matmul512().a.values.slice(0, 3)]).toEqual([
    0.25414788722991943, -0.9945285320281982, 0.05489407852292061,
  ]);
  expect(x.values.every((value) => Math.abs(value) <= 0.3)).toBe(true);
  expect([...target.values]).toEqual([...target.values].sort((a, b) => a - b));
  expect(Math.max(...source.values)).toBeLessThan(CONSTANTS.nodes);
});

it.each(WORKLOAD_NAMES)('%s: shapes hold the values, and a second call gives the same', (work) => {
  const bytesOf = ({ buffer }: Float32Array | Int32Array): Buffer => Buffer.from(buffer as ArrayBuffer);
  const again = Object.values(inputs[work]());
  for (const [index, { shape, values }] of Object.values(inputs[work]()).entries()) {
    expect(values.length).toBe(shape.reduce((product, extent) => product * extent, 1));
    expect(bytesOf(values).equals(bytesOf(again[index]!.values))).toBe(true);
  }
});

test.prop([fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 1, max: 300 })])(
  'uniform values and integers stay within their bounds',
  (seed, below) => {
    for (const value of uniform([50], seed, 0.5).values) expect(Math.abs(value)).toBeLessThanOrEqual(0.5);
    for (const value of integers(50, seed, below).values) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(below);
    }
  },
);

const extent = fc.integer({ min: 1, max: 20 });

test.prop([extent, extent, extent])('inputs have the extents that are asked for', (rows, depth, columns) => {
  const { a, b } = productInputs({ rows, depth, columns }, 1);
  expect([a.shape, b.shape]).toEqual([
    [rows, depth],
    [depth, columns],
  ]);
  const triple = Object.values(tripleInputs({ rows, width: columns }, 1));
  expect(triple.every(({ values }) => values.length === rows * columns)).toBe(true);
  const { source, target, w } = graphInputs({ nodes: rows, edges: depth, width: columns });
  expect(w.shape).toEqual([3 * columns, 2 * columns]);
  for (const { values } of [source, target]) {
    expect(values).toHaveLength(depth);
    expect(values.every((node) => node < rows)).toBe(true);
  }
});
