/** Scores that are in memory together: those of some queries of some matrices (batch row x head) with all keys. */
export interface Chunk {
  readonly firstMatrix: number;
  readonly matrices: number;
  /** Queries, four at a time. */
  readonly firstQuad: number;
  readonly quads: number;
}

/** Fewest quads of queries worth a product of their own. */
const LEAST_QUADS = 16;

/**
 * All queries of all matrices in chunks of about equal size: as many matrices as fit, or parts of one.
 *
 * @param rowQuads tokens of a batch row, four at a time
 * @param chunkBytes most that the scores of a chunk may take, if that is {@link LEAST_QUADS} at all
 */
export function chunksOf(matrices: number, rowQuads: number, chunkBytes: number): Chunk[] {
  const quadBytes = 64 * rowQuads;
  const fitting = Math.floor(chunkBytes / (quadBytes * rowQuads));
  if (fitting >= 1) {
    return shares(matrices, fitting).map(([firstMatrix, count]) => {
      return { firstMatrix, matrices: count, firstQuad: 0, quads: rowQuads };
    });
  }
  const parts = shares(rowQuads, Math.max(LEAST_QUADS, Math.floor(chunkBytes / quadBytes)));
  return Array.from({ length: matrices }, (_, firstMatrix) => firstMatrix).flatMap((firstMatrix) =>
    parts.map(([firstQuad, quads]) => ({ firstMatrix, matrices: 1, firstQuad, quads })),
  );
}

/** 0 … count in the fewest parts of at most `most`, as first and length. */
function shares(count: number, most: number): [first: number, length: number][] {
  const length = Math.ceil(count / Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / length) }, (_, part) => [
    part * length,
    Math.min(length, count - part * length),
  ]);
}
