import { defineKernel, type ParamKind } from '../../runtime/kernel';
import { empty, scoped, type Tensor } from '../../tensor';
import countSource from './invert-count.wgsl';
import earlierSource from './invert-earlier.wgsl';
import offsetsSource from './invert-offsets.wgsl';
import paramsSource from './invert-params.wgsl';
import placeSource from './invert-place.wgsl';

/** An index the other way round: which positions name each row. */
export interface InverseIndex {
  /** i32 `[N + 1]`: where the positions of each row start in `order`. */
  readonly offsets: Tensor;
  /** i32 `[E]`: positions sorted by the row they name, equal ones in ascending order. */
  readonly order: Tensor;
}

const WORKGROUP = 64;
/** Positions that one thread counts one after another, where memory allows. */
const CHUNK = 64;
/** Most counters, 16 MiB: for more rows chunks become longer and fewer. */
const MOST_COUNTERS = 2 ** 22;

const params = new Array<ParamKind>(4).fill('u32');
const invertKernel = (name: string, source: string, reads: number, writes: number) =>
  defineKernel({
    name: `invert-${name}`,
    source: [paramsSource, source],
    bindings: [...new Array<'read'>(reads).fill('read'), ...new Array<'write'>(writes).fill('write')],
    params,
  });
const countKernel = invertKernel('count', countSource, 1, 2);
const earlierKernel = invertKernel('earlier', earlierSource, 0, 2);
const offsetsKernel = invertKernel('offsets', offsetsSource, 1, 1);
const placeKernel = invertKernel('place', placeSource, 4, 1);

/**
 * The inverse of an index by a stable counting sort on the device, without atomics: four launches, O(E + C N) work with
 * C = E / 64 chunks, at most 2^22 / N of them.
 *
 * Positions whose index lies outside 0 … rows - 1 are left out; `order` ends in zeros then.
 *
 * @param index i32 or u32, of any shape; positions count its elements
 */
export function invertIndex(index: Tensor, rows: number): InverseIndex {
  return scoped(index.device, () => sortPositions(index, rows));
}

function sortPositions(index: Tensor, rows: number): InverseIndex {
  const { device, size } = index;
  const offsets = empty(device, [rows + 1], 'i32', 'invertIndex');
  const order = empty(device, [size], 'i32', 'invertIndex');
  order.clear();
  if (size === 0 || rows === 0) {
    offsets.clear();
    return { offsets, order };
  }
  const most = Math.max(1, Math.floor(MOST_COUNTERS / rows));
  const chunk = Math.max(CHUNK, Math.ceil(size / most));
  const chunks = Math.ceil(size / chunk);
  const earlier = empty(device, [chunks, rows], 'u32', 'invertIndex');
  const rank = empty(device, [size], 'u32', 'invertIndex');
  const count = empty(device, [rows], 'u32', 'invertIndex');
  earlier.clear();
  const values = [size, rows, chunks, chunk];
  device.launch({
    kernel: countKernel,
    bindings: [index.binding, earlier.binding, rank.binding],
    params: values,
    groups: Math.ceil(chunks / WORKGROUP),
  });
  device.launch({
    kernel: earlierKernel,
    bindings: [earlier.binding, count.binding],
    params: values,
    groups: Math.ceil(rows / WORKGROUP),
  });
  device.launch({
    kernel: offsetsKernel,
    bindings: [count.binding, offsets.binding],
    params: values,
    groups: 1,
  });
  device.launch({
    kernel: placeKernel,
    bindings: [index.binding, offsets.binding, earlier.binding, rank.binding, order.binding],
    params: values,
    groups: Math.ceil(size / WORKGROUP),
  });
  return { offsets, order };
}
