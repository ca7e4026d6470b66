import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';

/** Rows of the table by id, zeros for an id that it has not got. */
export function embeddingReference([table, ids]: readonly ReferenceTensor[]): ReferenceTensor {
  const [rows, width] = table!.shape as [number, number];
  return referenceTensor([...ids!.shape, width], (index) => {
    const id = at(ids!, index.slice(0, -1));
    return id >= 0 && id < rows ? at(table!, [id, index.at(-1)!]) : 0;
  });
}
