import { GraphError } from '../graph/graph-error';

/** Bits of a number that hold the kind; those above, but for the sign, hold the multiplicity. */
const KIND_BITS = 24;

/** The most equal edges that one edge of a batch stands for. */
export const maximumMultiplicity = 127;

/**
 * kind + 2²⁴ · multiplicity of each edge: one number, so that a kernel learns both by one load.
 *
 * @param ofEdge kind of each edge, below 2²⁴
 * @param multiplicity 0 to 127
 * @throws {@link GraphError} OUT_OF_RANGE where a kind or a multiplicity needs more bits
 */
export function countedKinds(ofEdge: Int32Array, multiplicity: Int32Array): Int32Array {
  const counted = new Int32Array(ofEdge.length);
  for (let edge = 0; edge < counted.length; edge++) {
    const kind = ofEdge[edge]!;
    const times = multiplicity[edge]!;
    if (kind >> KIND_BITS !== 0 || times < 0 || times > maximumMultiplicity) {
      throw new GraphError(
        'OUT_OF_RANGE',
        `countedKinds: a kind must be below 2^${KIND_BITS} and a multiplicity at most ${maximumMultiplicity}, got ${kind} and ${times} at edge ${edge}. Make the batch smaller.`,
      );
    }
    counted[edge] = kind | (times << KIND_BITS);
  }
  return counted;
}
