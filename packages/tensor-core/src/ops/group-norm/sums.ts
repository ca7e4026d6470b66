import { empty, type Tensor } from '../../tensor';
import { columnChunk, launchReduction } from '../reduce/launch';
import { type GroupExtents, type GroupStatistics, widths } from './forward';
import source from './group-norm-sums.wgsl';

const WORKGROUP = 64;
const kernels = widths('group-norm-sums', source, 4, 2, 5);

/** Sums of grad, and of grad * xn, over the positions of each sample: [N, C] each, in a fixed order. */
export function gradientSums(
  x: Tensor,
  grad: Tensor,
  { mean, rstd }: GroupStatistics,
  { samples, positions, channels }: GroupExtents,
): { ofGrad: Tensor; ofAlong: Tensor } {
  const { device } = x;
  const chunk = columnChunk(device.adapter.kind, { outer: samples, length: positions, inner: channels });
  const chunks = Math.ceil(positions / chunk);
  const floats = channels % 4 === 0 ? 4 : 1;
  const threads = (samples * chunks * channels) / floats;
  const parts = {
    ofGrad: empty(device, [samples * chunks * channels], 'f32', 'groupNorm-vjp'),
    ofAlong: empty(device, [samples * chunks * channels], 'f32', 'groupNorm-vjp'),
  };
  device.launch({
    kernel: floats === 4 ? kernels.vec4 : kernels.f32,
    bindings: [x, grad, mean, rstd, parts.ofGrad, parts.ofAlong].map(({ binding }) => binding),
    params: [threads, positions, channels / floats, chunk, chunks],
    groups: Math.ceil(threads / WORKGROUP),
    flops: 4 * x.size,
  });
  if (chunks === 1) return parts;
  const over = { outer: samples, length: chunks, inner: channels };
  const total = {
    ofGrad: launchReduction(parts.ofGrad, 'sum', over),
    ofAlong: launchReduction(parts.ofAlong, 'sum', over),
  };
  parts.ofGrad.dispose();
  parts.ofAlong.dispose();
  return total;
}
