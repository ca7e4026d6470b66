import { compositionColumns, type PreparedMaterial } from '../model/prepare';
import type { ModalityEmbeddings, PairReport } from '../retrieval';
import { pairReport } from '../retrieval/evaluate-pairs';
import { rankMatches } from '../retrieval/rank-matches';
import { type ControlReport, FEWEST_FITTED } from './control-report';
import { leastSquares } from './least-squares';

/** Of a standardised column's variance; there are 142 columns, and often no more materials. */
const RIDGE = 0.1;

/** Materials with their embeddings in every modality, row by row. */
export interface EmbeddedMaterials {
  readonly materials: readonly PreparedMaterial[];
  readonly embeddings: readonly ModalityEmbeddings[];
}

/**
 * Retrieval with what a structure is made of in its place: ridge regression maps element fractions and statistics of element properties to
 * the model's embeddings of the other modality over the training split, and cosines of what it predicts are ranked as the model's are.
 *
 * What the model scores above it comes from geometry.
 *
 * @param dim length of an embedding
 */
export function compositionControl(
  training: EmbeddedMaterials,
  tested: EmbeddedMaterials,
  dim: number,
): ControlReport {
  const others = tested.embeddings.filter(({ name }) => name !== 'structure');
  const pairs = others.flatMap(({ name }): PairReport[] => {
    const [known, asked] = [withStructureAnd(training, name, dim), withStructureAnd(tested, name, dim)];
    if (known.compositions.length < FEWEST_FITTED) return [];
    const map = leastSquares(known.compositions, known.rows, RIDGE);
    // Embeddings of one modality share an offset, which would hide how predictions differ.
    const offset = meanOf(known.rows, dim);
    const predicted = flat(map.apply(asked.compositions), offset);
    const actual = flat(asked.rows, offset);
    return [
      pairReport('structure', name, rankMatches(predicted, actual, dim)),
      pairReport(name, 'structure', rankMatches(actual, predicted, dim)),
    ];
  });
  return { name: 'composition', pairs };
}

/** Compositions, and embeddings of length 1, of the materials that have both a structure and another modality. */
function withStructureAnd(
  { materials, embeddings }: EmbeddedMaterials,
  name: string,
  dim: number,
): { compositions: Float32Array[]; rows: Float64Array[] } {
  const { rows, present } = embeddings.find((each) => each.name === name)!;
  const shared = materials.flatMap(({ structure }, row) =>
    structure && (present?.[row] ?? 1) !== 0 ? [{ structure, row }] : [],
  );
  return {
    compositions: shared.map(({ structure }) => structure.descriptors.subarray(0, compositionColumns)),
    rows: shared.map(({ row }) => unit(Float64Array.from(rows.subarray(row * dim, (row + 1) * dim)))),
  };
}

function unit(row: Float64Array): Float64Array {
  const length = Math.hypot(...row);
  return length > 0 ? row.map((value) => value / length) : row;
}

function meanOf(rows: readonly Float64Array[], dim: number): Float64Array {
  return Float64Array.from(
    { length: dim },
    (_, k) => rows.reduce((sum, row) => sum + row[k]!, 0) / rows.length,
  );
}

function flat(rows: readonly Float64Array[], offset: Float64Array): Float32Array {
  return Float32Array.from(rows.flatMap((row) => Array.from(row, (value, k) => value - offset[k]!)));
}
