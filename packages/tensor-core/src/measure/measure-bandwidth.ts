import type { Device } from '../device';
import { add, gatherRows, gelu, layerNorm, segmentSum, silu, softmax, sum } from '../ops';
import { randomUniform } from '../ops/random';
import { key } from '../random';
import { scoped, type Tensor, tensor } from '../tensor';
import { bestSeconds } from './best-seconds';

/** Bytes a second of one op that moves far more than it computes. */
export interface OpBandwidth {
  readonly op: string;
  /** Kernels that it launched, slowest first. */
  readonly kernels: readonly string[];
  /** Bytes that it has to read and write at the least: each operand and the result once. */
  readonly bytes: number;
  readonly milliseconds: number;
  readonly gigabytesPerSecond: number;
}

/** Floats of the largest operand: far more than a last-level cache holds. */
const FLOATS = { software: 2 ** 22, hardware: 2 ** 26 } as const;
const COLUMNS = 512;
/** Width of the rows that are gathered and summed, as features of nodes and edges are. */
const FEATURES = 128;
/** Rows of a segment, as many as a crystal's atom has neighbours. */
const ROWS_PER_SEGMENT = 12;
/** Copies in one submit, which hide what it costs. */
const COPIES = 20;

/**
 * Times ops that are bound by memory, by timestamps of their kernels, and the driver's own copy between buffers; the best of some
 * runs each.
 *
 * @param floats elements of the largest operand, a multiple of 1536. Default: 2^26 on a GPU, 2^22 on a software driver, as
 * far as one binding holds them
 * @throws {DeviceError} `VALIDATION` where the adapter has no `timestamp-query`
 */
export async function measureBandwidth(
  device: Device,
  floats: number = Math.min(FLOATS[device.adapter.kind], device.largestTensorBytes / 4),
  runs = 6,
): Promise<OpBandwidth[]> {
  const rows = Math.floor(floats / COLUMNS / ROWS_PER_SEGMENT) * ROWS_PER_SEGMENT;
  const [x, y] = [1, 2].map((seed) => randomUniform(device, key(seed), [rows, COLUMNS], -1, 1));
  const weight = tensor(device, new Float32Array(COLUMNS).fill(1), [COLUMNS]);
  const bytes = x!.size * 4;
  const works: [op: string, bytes: number, work: () => Tensor][] = [
    ['add', 3 * bytes, () => add(x!, y!)],
    ['silu', 2 * bytes, () => silu(x!)],
    ['gelu', 2 * bytes, () => gelu(x!)],
    ['layerNorm', 2 * bytes, () => layerNorm(x!, weight, weight)],
    ['softmax', 2 * bytes, () => softmax(x!)],
    ['softmax down the columns', 2 * bytes, () => softmax(x!, { axis: 0 })],
    ['sum of all', bytes, () => sum(x!)],
    ['sum of rows', bytes, () => sum(x!, 1)],
    ['sum of columns', bytes, () => sum(x!, 0)],
  ];
  const done: OpBandwidth[] = [];
  for (const [op, least, work] of works) done.push(await timed(device, op, least, work, runs));
  done.push(await copied(device, x!, y!, runs));
  for (const each of [y!, weight]) each.dispose();
  done.push(...(await ofEdges(device, x!, runs)));
  x!.dispose();
  return done;
}

/** Gathering rows at random places, and summing them by segment. */
async function ofEdges(device: Device, x: Tensor, runs: number): Promise<OpBandwidth[]> {
  const edges = x.size / FEATURES;
  const nodes = edges / ROWS_PER_SEGMENT;
  const messages = x.view([edges, FEATURES]);
  // A multiplicative step that has no factor in common with the extent: every row once, none beside the one before.
  const index = tensor(
    device,
    Int32Array.from({ length: edges }, (_, e) => Number((BigInt(e) * 7_368_787n) % BigInt(edges))),
    [edges],
  );
  const offsets = tensor(
    device,
    Int32Array.from({ length: nodes + 1 }, (_, n) => n * ROWS_PER_SEGMENT),
    [nodes + 1],
  );
  const bytes = x.size * 4;
  const done = [
    await timed(device, 'gatherRows', 2 * bytes + 4 * edges, () => gatherRows(messages, index), runs),
    await timed(
      device,
      'segmentSum',
      bytes + bytes / ROWS_PER_SEGMENT + 4 * nodes,
      () => segmentSum(messages, offsets),
      runs,
    ),
  ];
  for (const each of [messages, index, offsets]) each.dispose();
  return done;
}

async function timed(
  device: Device,
  op: string,
  bytes: number,
  work: () => Tensor,
  runs: number,
): Promise<OpBandwidth> {
  let milliseconds = Number.POSITIVE_INFINITY;
  let names: string[] = [];
  for (let run = 0; run <= runs; run++) {
    const { kernels } = await device.profile(() =>
      scoped(device, () => {
        work();
      }),
    );
    names = kernels.map(({ kernel }) => kernel);
    milliseconds = Math.min(
      milliseconds,
      kernels.reduce((total, each) => total + each.milliseconds, 0),
    );
  }
  return { op, kernels: names, bytes, milliseconds, gigabytesPerSecond: bytes / milliseconds / 1e6 };
}

/** The driver's copy has no timestamps: many in one submit, by the clock. */
async function copied(device: Device, from: Tensor, to: Tensor, runs: number): Promise<OpBandwidth> {
  const seconds = await bestSeconds(device, { runs, seconds: 5 }, () => {
    for (let copy = 0; copy < COPIES; copy++) to.assign(from);
  });
  const milliseconds = (seconds * 1000) / COPIES;
  const bytes = 8 * from.size;
  return {
    op: 'copyBufferToBuffer',
    kernels: [],
    bytes,
    milliseconds,
    gigabytesPerSecond: bytes / milliseconds / 1e6,
  };
}
