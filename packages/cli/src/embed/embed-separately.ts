import type { PreparedStructure, StructureEncoder } from '@bravais/trainer';
import { describeFailure } from '../errors/describe-failure';
import type { FailedRow } from './embedding-row';

/**
 * The embedding of each structure, or why there is none. A batch that fails is halved until what is at fault stands alone, such as a
 * cell too large for the device.
 *
 * @throws DeviceError `LOST`: nothing more can be computed
 */
export async function embedSeparately(
  encoder: StructureEncoder,
  prepared: readonly PreparedStructure[],
): Promise<(Float32Array | Pick<FailedRow, 'error'>)[]> {
  if (prepared.length === 0) return [];
  const { embeddingDim: dim } = encoder;
  try {
    const values = await encoder.embed(prepared);
    return prepared.map((_, row) => values.slice(row * dim, (row + 1) * dim));
  } catch (error) {
    const { code, message } = describeFailure(error);
    if (code === 'LOST') throw error;
    if (prepared.length === 1) return [{ error: { code, message } }];
    const middle = Math.ceil(prepared.length / 2);
    const first = await embedSeparately(encoder, prepared.slice(0, middle));
    return [...first, ...(await embedSeparately(encoder, prepared.slice(middle)))];
  }
}
