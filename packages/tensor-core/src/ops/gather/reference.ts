import { sizeOf } from '../../shape';
import type { ReferenceTensor } from '../../testing/reference-tensor';

/** Row `index[e]` of x at place e, zeros for an index outside. */
export function gatherRowsReference([x, index]: readonly ReferenceTensor[]): ReferenceTensor {
  const width = sizeOf(x!.shape.slice(1));
  const data = new Float64Array(index!.data.length * width);
  index!.data.forEach((row, e) => {
    if (row >= 0 && row < x!.shape[0]!) data.set(x!.data.subarray(row * width, (row + 1) * width), e * width);
  });
  return { shape: [...index!.shape, ...x!.shape.slice(1)], data };
}

/** `x[n, index[n]]`, 0 for an index outside. */
export function pickPerRowReference([x, index]: readonly ReferenceTensor[]): ReferenceTensor {
  const columns = x!.shape[1]!;
  return {
    shape: index!.shape,
    data: index!.data.map((c, n) => (c >= 0 && c < columns ? x!.data[n * columns + c]! : 0)),
  };
}
