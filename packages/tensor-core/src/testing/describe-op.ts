import { beforeAll, describe, expect, it } from 'vitest';
import { apply, type Op } from '../autograd';
import { LeafNode } from '../autograd/apply';
import { backward } from '../autograd/backward';
import type { Device } from '../device';
import type { HostArray } from '../dtype';
import { add } from '../ops/elementwise';
import { type Shape, showShape, sizeOf } from '../shape';
import { scoped, Tensor, tensor } from '../tensor';
import { ELEMENTWISE, firstMismatch, type Tolerance } from './close-to';
import { testDevice } from './device';
import type { ReferenceTensor } from './reference-tensor';
import { sampleUniform } from './sample';

/** Values on the host with a shape. */
export interface HostTensor {
  readonly shape: Shape;
  readonly values: HostArray;
}

/** Operands an op is tried on: float inputs by shape (values drawn), others by value. */
export interface OpCase<Attrs> {
  readonly inputs: readonly (Shape | HostTensor)[];
  readonly attrs: Attrs;
  /** Range the float values are drawn from, where the op is defined and smooth. Default [-2, 2). */
  readonly range?: readonly [low: number, high: number];
  /** Checks the gradient too; central differences cost one reference call per input element. Default: at most 300 elements. */
  readonly gradient?: boolean;
}

export interface OpDescription<Attrs> {
  readonly op: Op<Attrs>;
  /** The slow, obvious float64 form. Integer inputs arrive as float64 too. */
  readonly reference: (inputs: readonly ReferenceTensor[], attrs: Attrs) => ReferenceTensor;
  /** Every edge size the op can meet: 0, 1, a prime, workgroup + 1, and (`large`) more than 65,535 workgroups. */
  readonly cases: readonly OpCase<Attrs>[];
  /** Cases of more than 65,535 workgroups: forward only. */
  readonly large?: readonly OpCase<Attrs>[];
  readonly tolerance?: Tolerance;
  /** Tolerance of the gradient against central differences of the reference. */
  readonly gradientTolerance?: Tolerance;
}

/**
 * Gives an op its tests: forward equals the float64 reference, `shape` equals the real output's shape, the
 * gradient equals central differences of the reference, same bits twice, and no live buffer left behind.
 */
export function describeOp<Attrs>(description: OpDescription<Attrs>): void {
  const { op, cases, large = [] } = description;
  const tolerance = description.tolerance ?? ELEMENTWISE;
  const gradientTolerance = description.gradientTolerance ?? { relative: 1e-4, ofLargest: 1e-5 };

  describe(`${op.name} (op)`, () => {
    let device: Device;
    beforeAll(async () => {
      device = await testDevice();
    });

    for (const item of [...cases, ...large]) {
      const hosts = hostInputs(item);
      const shapes = item.inputs
        .map((input) => showShape(isHostTensor(input) ? input.shape : input))
        .join(' ');
      const title = `${shapes} ${showAttrs(item.attrs)}`;

      it(`${title}: equals its reference, twice the same bits, leaves nothing behind`, async () => {
        const before = device.stats.liveBuffers;
        const expected = description.reference(hosts.map(toReference), item.attrs);
        const runs: HostArray[] = [];
        for (let run = 0; run < 2; run++) {
          const output = scoped(device, () => apply(op, upload(device, hosts), item.attrs));
          expect(output.shape).toEqual(expected.shape);
          expect(op.shape(hosts.map(specOf), item.attrs).shape).toEqual(expected.shape);
          runs.push(await output.read());
          output.dispose();
        }
        expect(firstMismatch(runs[0]!, expected.data, tolerance)).toBeNull();
        expect(sameBits(runs[0]!, runs[1]!)).toBe(true);
        expect(device.stats.liveBuffers).toBe(before);
      });

      const elements = hosts.reduce(
        (sum, host) => sum + (host.values instanceof Float32Array ? host.values.length : 0),
        0,
      );
      if (!op.vjp || large.includes(item) || !(item.gradient ?? elements <= 300)) continue;

      it(`${title}: gradient equals central differences of the reference`, async () => {
        const before = device.stats.liveBuffers;
        const outputShape = description.reference(hosts.map(toReference), item.attrs).shape;
        const cotangent = sampleUniform(outputShape, 77, -1, 1);
        const grads = scoped(device, () => pullBack(device, op, hosts, item.attrs, cotangent, outputShape));
        for (const [index, host] of hosts.entries()) {
          const grad = grads[index];
          if (!(host.values instanceof Float32Array)) continue;
          expect(grad, `gradient of input ${index}`).toBeInstanceOf(Tensor);
          if (!grad) continue;
          expect(grad.shape).toEqual(host.shape);
          const numeric = centralDifferences(description, hosts, item.attrs, index, cotangent);
          expect(
            firstMismatch(await grad.read(), numeric, gradientTolerance),
            `gradient of input ${index}`,
          ).toBeNull();
        }
        for (const grad of grads) grad?.dispose();
        expect(device.stats.liveBuffers).toBe(before);
      });
    }
  });
}

function hostInputs<Attrs>(item: OpCase<Attrs>): HostTensor[] {
  const [low, high] = item.range ?? [-2, 2];
  return item.inputs.map((input, index) =>
    isHostTensor(input) ? input : { shape: input, values: sampleUniform(input, index + 1, low, high) },
  );
}

function isHostTensor(input: Shape | HostTensor): input is HostTensor {
  return 'values' in input && !Array.isArray(input);
}

function upload(device: Device, hosts: readonly HostTensor[]): Tensor[] {
  return hosts.map((host) => tensor(device, host.values, host.shape));
}

function toReference({ shape, values }: HostTensor): ReferenceTensor {
  return { shape, data: Float64Array.from(values) };
}

function specOf({ shape, values }: HostTensor) {
  return {
    shape,
    dtype:
      values instanceof Float32Array
        ? ('f32' as const)
        : values instanceof Int32Array
          ? ('i32' as const)
          : ('u32' as const),
  };
}

function pullBack<Attrs>(
  device: Device,
  op: Op<Attrs>,
  hosts: readonly HostTensor[],
  attrs: Attrs,
  cotangent: Float32Array,
  outputShape: Shape,
): (Tensor | undefined)[] {
  const leaves = hosts.map((host) => (host.values instanceof Float32Array ? new LeafNode() : null));
  const inputs = upload(device, hosts).map((input, index) => input.view(input.shape, leaves[index]!));
  const output = apply(op, inputs, attrs);
  const found = backward(output.node!, tensor(device, cotangent, outputShape), add);
  return leaves.map((leaf) => (leaf ? found.get(leaf) : undefined));
}

/** d(sum of cotangent * f)/d(input) by central differences in float64. */
function centralDifferences<Attrs>(
  description: OpDescription<Attrs>,
  hosts: readonly HostTensor[],
  attrs: Attrs,
  which: number,
  cotangent: Float32Array,
): Float64Array {
  const inputs = hosts.map(toReference);
  const moved = inputs[which]!.data;
  const weighted = (): number => {
    const { data } = description.reference(inputs, attrs);
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += data[i]! * cotangent[i]!;
    return sum;
  };
  const numeric = new Float64Array(sizeOf(inputs[which]!.shape));
  for (let i = 0; i < numeric.length; i++) {
    const value = moved[i]!;
    const step = 1e-5 * Math.max(1, Math.abs(value));
    moved[i] = value + step;
    const above = weighted();
    moved[i] = value - step;
    const below = weighted();
    moved[i] = value;
    numeric[i] = (above - below) / (2 * step);
  }
  return numeric;
}

function sameBits(a: HostArray, b: HostArray): boolean {
  const left = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
  const right = new Uint8Array(b.buffer, b.byteOffset, b.byteLength);
  return left.length === right.length && Buffer.compare(left, right) === 0;
}

function showAttrs(attrs: unknown): string {
  const text = JSON.stringify(attrs) ?? '';
  return text === '{}' ? '' : text;
}
