import type { Device } from '../device';
import type { TileCosts } from '../ops/matmul/costs';
import { launchProduct, productPipeline } from '../ops/matmul/launch';
import { type MatrixView, matrixView, transposedView } from '../ops/matmul/matrix-view';
import type { ProductPlan } from '../ops/matmul/plan';
import { isSubgroupTile } from '../ops/matmul/tile';
import { randomUniform } from '../ops/random';
import { key } from '../random';
import type { Kernel } from '../runtime/kernel';
import type { Constants } from '../runtime/pipelines';
import { empty, scoped, type Tensor } from '../tensor';

/** Something to time, and the tensors it needs. */
export interface Trial {
  readonly work: () => void;
  /** Start of the names of the kernels that count. */
  readonly kernels: string;
  readonly tensors: readonly Tensor[];
}

/** Extents of a timed product. */
export interface TrialExtents {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

const EPILOGUE = { bias: null, activation: 'none' } as const;

/** A product, operands laid out as the entry reads them unless they are packed. */
export function productTrial(
  device: Device,
  entry: TileCosts,
  { rows, columns, depth }: TrialExtents,
  how: Partial<ProductPlan> = {},
): Trial {
  const plan = trialPlan(entry, how);
  const left = operand(device, plan, plan.packA ? 'depths' : plan.a, rows, depth);
  const right = operand(device, plan, plan.b, columns, depth);
  const output = empty(device, [rows, columns]);
  const product = { a: left, b: transposedView(right), batches: 1 };
  return {
    work: () => scoped(device, () => launchProduct(product, plan, EPILOGUE, output)),
    kernels: '',
    tensors: [left.tensor, right.tensor, output],
  };
}

/** What a trial compiles. */
export function trialPipeline(
  entry: TileCosts,
  extents: TrialExtents,
): { kernel: Kernel; constants: Constants } {
  return productPipeline(trialPlan(entry, {}), extents, EPILOGUE, extents.columns);
}

function trialPlan({ tile, a, b }: TileCosts, how: Partial<ProductPlan>): ProductPlan {
  const plain = { packA: false, packB: false, transposed: false, splits: 1, direct: true };
  return { tile, a, b, ...plain, ...how };
}

/** Ordinary numbers, as a matrix of indices x depth: zeros can be faster than what a product meets in use. */
function operand(
  device: Device,
  { tile }: ProductPlan,
  access: TileCosts['a'],
  indices: number,
  depth: number,
): MatrixView {
  const numbers = (shape: readonly [number, number]): Tensor => randomUniform(device, key(1), shape, -1, 1);
  if (access === 'vector') return matrixView(numbers([depth, indices]), true, 0);
  if (access !== 'strided' || isSubgroupTile(tile)) return matrixView(numbers([indices, depth]), false, 0);
  return { ...matrixView(numbers([indices, depth + 1]), false, 0), columns: depth };
}

/** Nanoseconds of the kernels that count in each trial, by timestamps, best of the rounds; trials take turns. */
export async function leastTimes(
  device: Device,
  trials: readonly Trial[],
  rounds: number,
): Promise<number[]> {
  const least = trials.map(() => Number.POSITIVE_INFINITY);
  for (const { work } of trials) work();
  for (let round = 0; round < rounds; round++) {
    for (const [index, { work, kernels: counted }] of trials.entries()) {
      // Once more, so that the device is at work when the time begins to count.
      work();
      const { kernels } = await device.profile(work);
      const counting = kernels.filter(({ kernel }) => kernel.startsWith(counted));
      const time = counting.reduce((sum, { milliseconds }) => sum + milliseconds * 1e6, 0);
      least[index] = Math.min(least[index]!, time);
    }
  }
  for (const { tensors } of trials) for (const tensor of tensors) tensor.dispose();
  return least;
}

/** Three significant digits, and no less than nothing. */
export function significant(nanoseconds: number): number {
  return Math.max(0, Number(nanoseconds.toPrecision(3)));
}
