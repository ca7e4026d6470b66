import { defineKernel, type Kernel } from '../../runtime/kernel';
import { empty, type Tensor } from '../../tensor';
import elementF32 from '../reduce/element-f32.wgsl';
import elementVec4 from '../reduce/element-vec4.wgsl';
import { launchReduction } from '../reduce/launch';
import source from './group-norm.wgsl';
import vjpSource from './group-norm-vjp.wgsl';
import overGroupSource from './over-group.wgsl';

const WORKGROUP = 64;

/** x [N, …, C] as samples of positions of channels, which come in groups. */
export interface GroupExtents {
  readonly samples: number;
  readonly positions: number;
  readonly channels: number;
  readonly groups: number;
}

/** Mean and 1 / √(variance + epsilon) of the group of each channel, `[N, C]`. */
export interface GroupStatistics {
  readonly mean: Tensor;
  readonly rstd: Tensor;
}

/** A kernel that takes four channels at a time, and one that takes any number of them. */
export interface Widths {
  readonly vec4: Kernel;
  readonly f32: Kernel;
}

/** Both forms of a kernel; its source finds `Element` declared. */
export function widths(name: string, text: string, reads: number, writes: number, params: number): Widths {
  const of = (suffix: keyof Widths, element: string): Kernel =>
    defineKernel({
      name: `${name}-${suffix}`,
      source: [element, text],
      bindings: [...new Array<'read'>(reads).fill('read'), ...new Array<'write'>(writes).fill('write')],
      params: new Array<'u32'>(params).fill('u32'),
    });
  return { vec4: of('vec4', elementVec4), f32: of('f32', elementF32) };
}

const normalize = widths('group-norm', source, 5, 1, 3);
const normalizeVjp = widths('group-norm-vjp', vjpSource, 7, 1, 3);
const overGroupKernel = defineKernel({
  name: 'group-norm-over-group',
  source: overGroupSource,
  bindings: ['read', 'read', 'write'],
  params: ['u32', 'u32', 'u32', 'f32', 'f32'],
});

const KINDS = { mean: 0, inverseRoot: 1, weighted: 2 } as const;

/** Normalises each group of channels of each sample, and gives its statistics. */
export function groupNorm(
  x: Tensor,
  weight: Tensor,
  bias: Tensor,
  extents: GroupExtents,
  epsilon: number,
): { output: Tensor } & GroupStatistics {
  const { samples, positions, channels } = extents;
  const columns = { outer: samples, length: positions, inner: channels };
  const sums = launchReduction(x, 'sum', columns);
  const mean = overGroup(sums, extents, 'mean');
  const spread = launchReduction(x, 'squaredDeviation', columns, { shift: mean });
  const rstd = overGroup(spread, extents, 'inverseRoot', { epsilon });
  sums.dispose();
  spread.dispose();
  const output = empty(x.device, x.shape, 'f32', 'groupNorm');
  launchElements(normalize, extents, [x, weight, bias, mean, rstd, output], 4);
  return { output, mean, rstd };
}

/**
 * dL/dx from dL/dy.
 *
 * @param sums of grad, and of grad * xn, over the positions: [N, C] each
 */
export function groupNormInputVjp(
  x: Tensor,
  weight: Tensor,
  grad: Tensor,
  { mean, rstd }: GroupStatistics,
  sums: { readonly ofGrad: Tensor; readonly ofAlong: Tensor },
  extents: GroupExtents,
): Tensor {
  const meansH = overGroup(sums.ofGrad, extents, 'weighted', { weight });
  const meansAlong = overGroup(sums.ofAlong, extents, 'weighted', { weight });
  const dx = empty(x.device, x.shape, 'f32', 'groupNorm-vjp');
  launchElements(normalizeVjp, extents, [x, weight, grad, mean, rstd, meansH, meansAlong, dx], 8);
  meansH.dispose();
  meansAlong.dispose();
  return dx;
}

/** A mean over each group, from sums over positions [N, C] and repeated for each channel of the group. */
function overGroup(
  values: Tensor,
  { samples, positions, channels, groups }: GroupExtents,
  kind: keyof typeof KINDS,
  { weight = values, epsilon = 0 }: { readonly weight?: Tensor; readonly epsilon?: number } = {},
): Tensor {
  const size = samples * channels;
  const groupChannels = channels / groups;
  const out = empty(values.device, [samples, channels], 'f32', 'groupNorm');
  values.device.launch({
    kernel: overGroupKernel,
    constants: { KIND: KINDS[kind] },
    bindings: [values, weight, out].map(({ binding }) => binding),
    params: [size, channels, groupChannels, 1 / (positions * groupChannels), epsilon],
    groups: Math.ceil(size / WORKGROUP),
    flops: size * groupChannels,
  });
  return out;
}

/** One thread for each Element of x. */
function launchElements(
  kernels: Widths,
  { samples, positions, channels }: GroupExtents,
  tensors: readonly Tensor[],
  flopsEach: number,
): void {
  const floats = channels % 4 === 0 ? 4 : 1;
  const sample = (positions * channels) / floats;
  tensors[0]!.device.launch({
    kernel: floats === 4 ? kernels.vec4 : kernels.f32,
    bindings: tensors.map(({ binding }) => binding),
    params: [samples * sample, sample, channels / floats],
    groups: Math.ceil((samples * sample) / WORKGROUP),
    flops: flopsEach * samples * positions * channels,
  });
}
