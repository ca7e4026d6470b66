import { latticeVolume, type Structure } from '@bravais/datasets';
import { elementFractions } from '@bravais/graph-nn';

/** Neighbours whose values are averaged. */
const NEIGHBORS = 5;
/** A volume per atom 10 % larger is as far away as a tenth of the atoms replaced by another element. */
const VOLUME_FACTOR = Math.SQRT2;

/** Where a crystal stands: log of the volume per atom, then shares of the elements that it has. */
interface Fingerprint {
  readonly logVolume: number;
  readonly elements: readonly (readonly [index: number, share: number])[];
}

function fingerprint(structure: Structure): Fingerprint {
  const shares = elementFractions(structure.atomicNumbers, structure.occupations);
  const elements = Array.from(shares, (share, index) => [index, share] as const);
  return {
    logVolume: Math.log(latticeVolume(structure.latticeAngstrom) / structure.atomicNumbers.length),
    elements: elements.filter(([, share]) => share > 0),
  };
}

/**
 * Mean of the values of the five nearest training crystals by a fixed fingerprint, fewer where there are fewer.
 *
 * d² = Σ_Z (x_Z - x'_Z)² + 2 (ln v - ln v')², with x_Z the share of element Z and v the volume per atom. Of equal distances the first counts.
 *
 * @param training crystals with their values, one at least
 */
export function nearestBaseline(
  training: readonly { readonly structure: Structure; readonly value: number }[],
  asked: readonly Structure[],
): number[] {
  const known = training.map(({ structure }) => fingerprint(structure));
  const lengths = known.map(({ elements }) => elements.reduce((sum, [, share]) => sum + share ** 2, 0));
  const withElement = new Map<number, [row: number, share: number][]>();
  known.forEach(({ elements }, row) => {
    for (const [index, share] of elements) {
      const rows = withElement.get(index) ?? [];
      rows.push([row, share]);
      withElement.set(index, rows);
    }
  });
  return asked.map((structure) => {
    const { logVolume, elements } = fingerprint(structure);
    const distances = Float64Array.from(
      known,
      (each, row) => lengths[row]! + (VOLUME_FACTOR * (each.logVolume - logVolume)) ** 2,
    );
    for (const [index, share] of elements) {
      for (const [row, other] of withElement.get(index) ?? []) distances[row]! -= 2 * share * other;
    }
    const nearest = smallest(distances, NEIGHBORS);
    return nearest.reduce((sum, row) => sum + training[row]!.value, 0) / nearest.length;
  });
}

/** Places of the k smallest values, the smallest first. */
function smallest(values: Float64Array, k: number): number[] {
  const found: number[] = [];
  values.forEach((value, row) => {
    if (found.length === k && value >= values[found[k - 1]!]!) return;
    const place = found.findIndex((other) => value < values[other]!);
    found.splice(place < 0 ? found.length : place, 0, row);
    if (found.length > k) found.pop();
  });
  return found;
}
