import { beforeAll, expect, it } from 'vitest';
import type { Device, TraceEvent } from '../device';
import { Device as DeviceClass } from '../device/device';
import { openDevice } from '../node';
import { add, matmul, mul } from '../ops';
import { type Tensor, tensor } from '../tensor';
import { testDevice } from '../testing';
import { type CapturedStep, capture } from '.';

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

type Step = CapturedStep<{ x: Tensor }, { y: Tensor }>;

function captured(on: Device): Step {
  const weights = tensor(on, [
    [1, 2],
    [3, 4],
  ]);
  return capture(on, ({ x }: { x: Tensor }) => {
    const hidden = on.layer('dense', () => matmul(x, weights));
    return { y: on.layer('scale', () => mul(add(hidden, 1), 3)) };
  });
}

const input = (call: number) => ({ x: { shape: [1, 2], values: Float32Array.of(call, 1) } });
const expected = (call: number) => Float32Array.of(3 * (call + 4), 3 * (2 * call + 5));

it('a replay is profiled by kernel and by layer', async () => {
  if (!device.gpu.features.has('timestamp-query')) return;
  using step = captured(device);
  for (let call = 0; call < 2; call++) step(input(call));
  const { result, kernels, layers } = await device.profile(async () => [...(await step(input(7)).y.read())]);
  expect(result).toEqual([...expected(7)]);
  expect(step.stats.replays).toBe(1);
  const launches = (rows: readonly { launches: number }[]) =>
    rows.reduce((total, row) => total + row.launches, 0);
  expect(launches(kernels)).toBe(launches(layers));
  expect(layers.map(({ layer }) => layer).sort()).toEqual(['dense', 'scale']);
  expect(kernels.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
});

it('a replay is traced like a recording', async () => {
  const events: TraceEvent[] = [];
  const traced = await openDevice({ trace: (event) => events.push(event) });
  const step = captured(traced);
  const calls = Array.from({ length: 4 }, (_, call) => {
    step(input(call));
    return events.splice(0);
  });
  expect(step.stats.replays).toBe(2);
  expect(calls[0]!.length).toBeGreaterThan(1);
  expect(calls[0]!.map(({ layer }) => layer)).toContain('dense');
  for (const call of calls) expect(call).toEqual(calls[0]);
  await traced.synchronize();
  traced.destroy();
});

it('replays without immediates, on uniform buffers of its own', async () => {
  const own = await openDevice();
  const plain = new DeviceClass(own.gpu, own.adapter, false);
  const step = captured(plain);
  for (let call = 0; call < 5; call++) {
    expect(await step(input(call)).y.read()).toEqual(expected(call));
  }
  expect(step.stats).toMatchObject({ captures: 1, replays: 3 });
  step.dispose();
  await plain.synchronize();
  own.destroy();
});
