import type { PreparedMaterial } from '../model';
import { pairReport } from '../retrieval/evaluate-pairs';
import { ranksBy } from '../retrieval/rank-matches';
import { type ControlReport, FEWEST_FITTED } from './control-report';
import { leastSquares, standardization } from './least-squares';
import { modalityScalars } from './modality-scalars';

/** Just enough for columns that depend on each other. */
const RIDGE = 1e-6;

/**
 * Retrieval by the scalars that modalities give away: least squares maps the standardised scalars of the query's modality to those of the
 * gallery's over the training split, and candidates are ranked by distance to what it predicts.
 *
 * High scores mean that a benchmark can be won by guessing sizes: see `modalityScalars` for which numbers these are.
 */
export function scalarControl(
  modalities: readonly string[],
  training: readonly PreparedMaterial[],
  tested: readonly PreparedMaterial[],
): ControlReport {
  const ordered = modalities.flatMap((query) =>
    modalities.filter((gallery) => gallery !== query).map((gallery) => [query, gallery] as const),
  );
  const pairs = ordered.flatMap(([query, gallery]) => {
    const known = bothScalars(training, query, gallery);
    const asked = bothScalars(tested, query, gallery);
    if (known.length < FEWEST_FITTED) return [];
    const units = standardization(known.map(([, there]) => there));
    const map = leastSquares(
      known.map(([here]) => here),
      known.map(([, there]) => units.apply(there)),
      RIDGE,
    );
    const predicted = map.apply(asked.map(([here]) => here));
    const actual = asked.map(([, there]) => units.apply(there));
    const ranks = ranksBy(asked.length, (i, j) => -distanceSquared(predicted[i]!, actual[j]!));
    return [pairReport(query, gallery, ranks)];
  });
  return { name: 'scalars', pairs };
}

function bothScalars(
  materials: readonly PreparedMaterial[],
  query: string,
  gallery: string,
): [number[], number[]][] {
  return materials.flatMap((material): [number[], number[]][] => {
    const [here, there] = [modalityScalars(material, query), modalityScalars(material, gallery)];
    return here && there ? [[here, there]] : [];
  });
}

function distanceSquared(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, k) => sum + (value - b[k]!) ** 2, 0);
}
