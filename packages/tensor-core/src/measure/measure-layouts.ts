import type { Device } from '../device';
import { matmul } from '../ops';
import { randomUniform } from '../ops/random';
import { key } from '../random';
import { scoped } from '../tensor';

/** Which operands of a product of square matrices lie transposed in memory: A first, then B. */
export type ProductLayout = 'NN' | 'NT' | 'TN' | 'TT';

/** Speed of C = A B of square matrices in one layout, without what it costs to submit it. */
export interface LayoutSpeed {
  /** Rows and columns of A, B and C. */
  readonly side: number;
  readonly layout: ProductLayout;
  /** Kernels that the plan launched, slowest first. */
  readonly kernels: readonly string[];
  readonly milliseconds: number;
  /** 2 side³ operations / time, in 10¹² a second. */
  readonly teraflopsPerSecond: number;
}

const LAYOUTS: readonly ProductLayout[] = ['NN', 'NT', 'TN', 'TT'];

/**
 * Times products of square matrices in all four layouts by timestamps, as they are planned; the best of some runs each.
 *
 * @throws {DeviceError} `VALIDATION` where the adapter has no `timestamp-query`
 */
export async function measureLayouts(
  device: Device,
  sides: readonly number[],
  runs = 6,
): Promise<LayoutSpeed[]> {
  const speeds: LayoutSpeed[] = [];
  for (const side of sides) {
    const [a, b] = [1, 2].map((seed) => randomUniform(device, key(seed), [side, side], -1, 1));
    for (const layout of LAYOUTS) {
      const options = { transposeA: layout[0] === 'T', transposeB: layout[1] === 'T' };
      let milliseconds = Number.POSITIVE_INFINITY;
      let kernels: string[] = [];
      for (let run = 0; run <= runs; run++) {
        const profile = await device.profile(() =>
          scoped(device, () => {
            matmul(a!, b!, options);
          }),
        );
        kernels = profile.kernels.map(({ kernel }) => kernel);
        milliseconds = Math.min(
          milliseconds,
          profile.kernels.reduce((sum, each) => sum + each.milliseconds, 0),
        );
      }
      speeds.push({
        side,
        layout,
        kernels,
        milliseconds,
        teraflopsPerSecond: (2 * side ** 3) / milliseconds / 1e9,
      });
    }
    a!.dispose();
    b!.dispose();
    device.trim();
  }
  return speeds;
}
