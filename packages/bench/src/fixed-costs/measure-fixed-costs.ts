import { add, type Device, mul, scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { type CapturedStep, capture } from '@bravais/tensor-core/capture';
import type { FixedCosts } from './line';

/** Launches of a step; two counts, so that what a submit costs once falls out of the difference. */
const LAUNCHES = [100, 500] as const;

/** Times kernels that do next to nothing, best of some rounds. */
export async function measureFixedCosts(device: Device, rounds = 40): Promise<FixedCosts> {
  const x = tensor(device, [1]);
  const best = (work: () => unknown): Promise<number> => bestMicroseconds(device, rounds, work);
  const perLaunch = async (step: (launches: number) => () => unknown): Promise<number> => {
    const [few, many] = [await best(step(LAUNCHES[0])), await best(step(LAUNCHES[1]))];
    return (many - few) / (LAUNCHES[1] - LAUNCHES[0]);
  };
  const launchMicroseconds = await perLaunch((launches) => () => {
    scoped(device, () => chain(x, launches)).dispose();
  });
  const steps = new Map(
    LAUNCHES.map((launches) => [launches as number, capturedChain(device, launches)] as const),
  );
  const replayedLaunchMicroseconds = await perLaunch((launches) => () => {
    steps.get(launches)!({ start: Float32Array.of(1) });
  });
  for (const step of steps.values()) step.dispose();
  const roundTripMicroseconds = await best(() => add(x, 1).dispose());
  const readMicroseconds = await best(async () => {
    const y = add(x, 1);
    await y.read();
    y.dispose();
  });
  x.dispose();
  const adapter = device.adapter.description;
  return { adapter, launchMicroseconds, replayedLaunchMicroseconds, roundTripMicroseconds, readMicroseconds };
}

function capturedChain(device: Device, launches: number): CapturedStep<{ start: Tensor }, { end: Tensor }> {
  return capture(device, ({ start }) => ({ end: chain(start, launches) }));
}

/** Ops that wait for each other, as the layers of a network do. */
function chain(start: Tensor, launches: number): Tensor {
  let x = start;
  for (let launch = 0; launch < launches; launch++) x = launch % 2 === 0 ? add(x, 1) : mul(x, 0.5);
  return x;
}

async function bestMicroseconds(device: Device, rounds: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    await device.synchronize();
    const start = performance.now();
    await work();
    await device.synchronize();
    // The first rounds compile kernels and record the step.
    if (round >= 3) best = Math.min(best, 1000 * (performance.now() - start));
  }
  return best;
}
