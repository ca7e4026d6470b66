import { type Shape, sizeOf } from '../../shape';
import type { ReferenceTensor } from '../../testing/reference-tensor';

/** The same values under other extents. */
export function reshapeReference(
  [x]: readonly ReferenceTensor[],
  { shape }: { shape: Shape },
): ReferenceTensor {
  const known = sizeOf(shape.filter((extent) => extent !== -1));
  return { shape: shape.map((extent) => (extent === -1 ? x!.data.length / known : extent)), data: x!.data };
}
