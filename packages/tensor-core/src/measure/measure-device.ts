import type { Device } from '../device';
import { add, matmul } from '../ops';
import { scoped, type Tensor, zeros } from '../tensor';

/** What a device reaches with our own kernels, as opposed to what its data sheet says. */
export interface DeviceMeasurement {
  /** 10⁹ f32 operations a second of a square matrix product, the best of several runs. */
  readonly gigaflopsPerSecond: number;
  /** 10⁹ bytes a second, read and written, of an elementwise sum, the best of several runs. */
  readonly gigabytesPerSecond: number;
}

/** Rows and columns of the measured product: small enough for a laptop's integrated GPU. */
const SIDE = { software: 512, hardware: 2048 } as const;
/** Elements of the measured sum. */
const ELEMENTS = { software: 2 ** 21, hardware: 2 ** 24 } as const;
const RUNS = 5;

/** Times a matrix product and an elementwise sum, after one run that compiles their kernels. */
export async function measureDevice(device: Device): Promise<DeviceMeasurement> {
  const side = SIDE[device.adapter.kind];
  const elements = ELEMENTS[device.adapter.kind];
  const product = await bestSeconds(device, [side, side], (a, b) => matmul(a, b));
  const sum = await bestSeconds(device, [elements], (a, b) => add(a, b));
  return {
    gigaflopsPerSecond: (2 * side ** 3) / product / 1e9,
    gigabytesPerSecond: (12 * elements) / sum / 1e9,
  };
}

async function bestSeconds(
  device: Device,
  shape: readonly number[],
  work: (a: Tensor, b: Tensor) => Tensor,
): Promise<number> {
  const a = zeros(device, shape);
  const b = zeros(device, shape);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= RUNS; run++) {
    await device.synchronize();
    const start = performance.now();
    scoped(device, () => {
      work(a, b);
    });
    await device.synchronize();
    if (run > 0) best = Math.min(best, (performance.now() - start) / 1000);
  }
  a.dispose();
  b.dispose();
  return best;
}
