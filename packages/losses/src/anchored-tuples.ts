import { concat, gatherRows, type Tensor, tensor, zeros } from '@bravais/tensor-core';
import { checkEmbeddings, type Embeddings, type ModalityCount } from './embeddings';
import { LossError } from './errors';
import { checkPresence, isPresent, type Presence, takeRows } from './presence';
import { unitRows } from './unit-rows';

/** Unit rows of the N materials that have the anchor and at least one other modality. */
export interface AnchoredTuples {
  /** [N, D] */
  readonly anchor: Tensor;
  /** The other modalities that any of the N has, in the order given. */
  readonly others: readonly {
    /** [N, D], rows of zeros where the material lacks the modality, whatever its embedding holds there. */
    readonly rows: Tensor;
    readonly present: readonly boolean[];
  }[];
}

/**
 * What a loss of an anchor against the joint rest compares; `null` where there are fewer than two such materials.
 *
 * @throws {LossError} `TOO_FEW_MODALITIES`, `UNKNOWN_MODALITY`, `SHAPE`
 */
export function anchoredTuples(
  loss: string,
  embeddings: Embeddings,
  { anchor, presence = {} }: { readonly anchor: string; readonly presence?: Presence },
  count: ModalityCount = { atLeast: 2 },
): AnchoredTuples | null {
  const { names, batch } = checkEmbeddings(loss, embeddings, count);
  checkPresence(loss, presence, names, batch);
  if (!names.includes(anchor)) {
    throw new LossError(
      'UNKNOWN_MODALITY',
      `${loss}: expected one of ${names.join(', ')} as the anchor, got ${anchor}.`,
    );
  }
  const rest = names.filter((name) => name !== anchor);
  const rows = Array.from({ length: batch }, (_, row) => row).filter(
    (row) => isPresent(presence, anchor, row) && rest.some((name) => isPresent(presence, name, row)),
  );
  if (rows.length < 2) return null;
  const others = rest
    .map((name) => ({ name, present: rows.map((row) => isPresent(presence, name, row)) }))
    .filter(({ present }) => present.includes(true))
    .map(({ name, present }) => ({ rows: unitRows(presentRows(embeddings[name]!, rows, present)), present }));
  return { anchor: unitRows(takeRows(embeddings[anchor]!, rows)), others };
}

/** The given rows, zeros in place of absent ones. */
function presentRows(embedding: Tensor, rows: readonly number[], present: readonly boolean[]): Tensor {
  if (!present.includes(false)) return takeRows(embedding, rows);
  const [batch, features] = embedding.shape as [number, number];
  const { device } = embedding;
  const extended = concat([embedding, zeros(device, [1, features])]);
  return gatherRows(
    extended,
    tensor(
      device,
      Int32Array.from(rows, (row, index) => (present[index] ? row : batch)),
    ),
  );
}
