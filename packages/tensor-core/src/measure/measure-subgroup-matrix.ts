import type { Device } from '../device';
import { DeviceError } from '../errors';
import { slice } from '../ops/layout';
import { withWrittenLines } from '../ops/matmul/written-lines';
import { defineKernel, type Kernel } from '../runtime/kernel';
import { empty, scoped, type Tensor } from '../tensor';
import fillSource from './fill-f16.wgsl';
import template from './measure-subgroup-matrix.wgsl';

/** Speed of an f16 product with f32 sums on the matrix units of a GPU. */
export interface SubgroupMatrixSpeed {
  /** Rows, columns and depth of the product. */
  readonly side: number;
  readonly milliseconds: number;
  readonly teraflopsPerSecond: number;
}

const FEATURES = ['chromium-experimental-subgroup-matrix', 'shader-f16', 'subgroups'] as const;
/** Rows and columns of C of a workgroup, and those of the matrices it is made of. */
const [TILE, MATRIX, HELD] = [128, 16, 4];
/** Elements of C that are compared with their exact values, in its corners and inside. */
const CHECKED = 16;

const fill = defineKernel({
  name: 'measure-fill-f16',
  source: fillSource,
  bindings: ['write'],
  params: ['u32', 'u32'],
  enables: ['f16'],
});

/**
 * Times C = A B of f16 matrices with f32 sums through `chromium-experimental-subgroup-matrix`, after a comparison of some elements
 * with their exact values; `null` where the device has not the feature, or no 16 x 16 x 16 matrices of f16.
 *
 * @param side rows, columns and depth, a multiple of 128 of at most 8192
 * @throws {DeviceError} `KERNEL` where the compiler rejects the kernel, `INTERNAL` where an element is wrong
 */
export async function measureSubgroupMatrix(
  device: Device,
  side = 4096,
  runs = 6,
): Promise<SubgroupMatrixSpeed | null> {
  if (!FEATURES.every((name) => device.gpu.features.has(name)) || !multipliesF16(device)) return null;
  const product = await accepted(device);
  const [a, b] = [0, 1].map((seed) => {
    const values = empty(device, [side, side], 'f16', 'f16 values');
    const count = side * side;
    device.launch({
      kernel: fill,
      bindings: [values.binding],
      params: [count, seed],
      groups: Math.ceil(count / 64),
    });
    return values;
  });
  const c = empty(device, [side, side], 'f32', 'product');
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= runs; run++) {
    const { kernels } = await device.profile(() =>
      device.launch({
        kernel: product,
        bindings: [a!.binding, b!.binding, c.binding],
        params: [side, side, side],
        groups: [side / TILE, side / TILE, 1],
        flops: 2 * side ** 3,
      }),
    );
    milliseconds = Math.min(milliseconds, kernels[0]!.milliseconds);
  }
  await check(c, side);
  for (const each of [a!, b!, c]) each.dispose();
  return { side, milliseconds, teraflopsPerSecond: (2 * side ** 3) / milliseconds / 1e9 };
}

function multipliesF16({ adapter }: Device): boolean {
  return (adapter.subgroupMatrices ?? []).some(
    ({ componentType, resultComponentType, M, N, K }) =>
      componentType === 'f16' &&
      resultComponentType === 'f32' &&
      [M, N, K].every((extent) => extent === MATRIX),
  );
}

/** The kernel in the form of the extension that the compiler takes: the order of rows is a template argument, or once was a flag. */
async function accepted(device: Device): Promise<Kernel> {
  const [now, before] = [productKernel('template'), productKernel('flag')];
  try {
    await device.validate(now);
    return now;
  } catch (error) {
    await device.validate(before).catch(() => {
      throw error;
    });
    return before;
  }
}

function productKernel(order: 'template' | 'flag'): Kernel {
  const held = Array.from({ length: HELD }, (_, index) => index);
  const [asTemplate, asFlag] = order === 'template' ? [', row_major', ''] : ['', 'false, '];
  const load = (side: 'left' | 'right', operand: string, place: string, stride: string): string =>
    `subgroupMatrixLoad<subgroup_matrix_${side}<f16, SIDE, SIDE>${asTemplate}>(&${operand}, ${place}, ${asFlag}${stride})`;
  const store = order === 'template' ? 'subgroupMatrixStore<row_major>' : 'subgroupMatrixStore';
  const pairs = held.flatMap((i) => held.map((j) => [i, j] as const));
  return defineKernel({
    name: `measure-subgroup-matrix-${order}`,
    source: withWrittenLines(template, {
      accumulators: pairs.map(([i, j]) => `var sum${i}_${j}: subgroup_matrix_result<f32, SIDE, SIDE>;`),
      loads: [
        ...held.map(
          (i) =>
            `let left${i} = ${load('left', 'a', `(row + ${i}u * SIDE) * params.depth + depth`, 'params.depth')};`,
        ),
        ...held.map(
          (j) =>
            `let right${j} = ${load('right', 'b', `depth * params.columns + column + ${j}u * SIDE`, 'params.columns')};`,
        ),
      ],
      products: pairs.map(
        ([i, j]) => `sum${i}_${j} = subgroupMatrixMultiplyAccumulate(left${i}, right${j}, sum${i}_${j});`,
      ),
      stores: pairs.map(
        ([i, j]) =>
          `${store}(&c, (row + ${i}u * SIDE) * params.columns + column + ${j}u * SIDE, sum${i}_${j}, ${asFlag}params.columns);`,
      ),
    }),
    bindings: ['read', 'read', 'write'],
    params: ['u32', 'u32', 'u32'],
    enables: ['subgroups', 'f16', 'chromium_experimental_subgroup_matrix'],
  });
}

/** Compares elements on the diagonal of C with their sums in float64, which are exact in f32. */
async function check(c: Tensor, side: number): Promise<void> {
  const value = (index: number, seed: number): number => (((7 * index + seed) % 17) - 8) / 16;
  for (let step = 0; step < CHECKED; step++) {
    const [row, column] = [Math.floor((step * (side - 1)) / (CHECKED - 1)), (step * 37) % side];
    let expected = 0;
    for (let k = 0; k < side; k++) expected += value(row * side + k, 0) * value(k * side + column, 1);
    const element = scoped(c.device, () =>
      slice(
        c,
        [row, column].map((start) => ({ start, end: start + 1 })),
      ),
    );
    const actual = await element.item();
    element.dispose();
    if (actual !== expected) {
      throw new DeviceError(
        'INTERNAL',
        `measureSubgroupMatrix: element [${row}, ${column}] must be ${expected}, got ${actual}. The driver's matrix units cannot be relied on.`,
      );
    }
  }
}
