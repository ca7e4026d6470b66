import { densityGramPerCm3, latticeVolume, type Structure } from '@bravais/datasets';
import { compositionStatistics } from '@bravais/graph-nn';
import { standardization } from '../../controls/least-squares';
import { elementPropertyTable } from '../../data';

/** Numbers of neighbours that are tried. */
const COUNTS = [1, 3, 5, 10];
/** Where there is no validation label to choose by. */
const DEFAULT_COUNT = 5;
const MOST = 10;

const properties = elementPropertyTable();

/** A crystal with what is known of it. */
export interface LabelledCrystal {
  readonly structure: Structure;
  readonly value: number;
}

/** How the labels of neighbours, the nearest first, become a prediction, and what one costs. */
export interface NeighborRule<P> {
  predict(values: readonly number[]): P;
  /** Of one material; the number of neighbours with the least sum on validation is taken. */
  cost(predicted: P, actual: number): number;
}

/** What neighbours say, and how many were asked. */
export interface NeighborPredictions<P> {
  readonly neighbors: number;
  readonly predicted: readonly P[];
}

/**
 * Predictions from the k nearest training crystals by a fixed fingerprint: statistics of element properties, ln of the volume per atom and ln of the
 * density, standardised on the training crystals; Euclidean distance, of equal ones the first. k is 1, 3, 5 or 10, whichever costs least on validation
 * crystals, 5 where there are none.
 *
 * @param training one crystal at least
 */
export function fingerprintNeighbors<P>(
  training: readonly LabelledCrystal[],
  validation: readonly LabelledCrystal[],
  asked: readonly Structure[],
  { predict, cost }: NeighborRule<P>,
): NeighborPredictions<P> {
  const nearest = nearestIn(training.map(({ structure }) => structure));
  const say = (rows: readonly number[], count: number): P =>
    predict(rows.slice(0, count).map((row) => training[row]!.value));
  const judged = validation.map(({ structure, value }) => ({ rows: nearest(structure), value }));
  const costs = COUNTS.map((count) =>
    judged.reduce((sum, { rows, value }) => sum + cost(say(rows, count), value), 0),
  );
  const neighbors = judged.length === 0 ? DEFAULT_COUNT : COUNTS[costs.indexOf(Math.min(...costs))]!;
  return { neighbors, predicted: asked.map((structure) => say(nearest(structure), neighbors)) };
}

function fingerprint(structure: Structure): Float64Array {
  const { atomicNumbers, occupations, latticeAngstrom } = structure;
  return Float64Array.from([
    ...compositionStatistics(atomicNumbers, properties, occupations),
    Math.log(latticeVolume(latticeAngstrom) / atomicNumbers.length),
    Math.log(densityGramPerCm3(structure)),
  ]);
}

/** Places of the ten nearest known crystals of another, the nearest first. */
function nearestIn(known: readonly Structure[]): (structure: Structure) => number[] {
  const rows = known.map(fingerprint);
  const { columns, apply } = standardization(rows);
  const flat = new Float64Array(rows.length * columns);
  rows.forEach((row, place) => {
    flat.set(apply(row), place * columns);
  });
  return (structure) => {
    const own = apply(fingerprint(structure));
    const found: { row: number; distance: number }[] = [];
    for (let row = 0; row < rows.length; row++) {
      let distance = 0;
      for (let k = 0; k < columns; k++) distance += (flat[row * columns + k]! - own[k]!) ** 2;
      if (found.length === MOST && distance >= found[MOST - 1]!.distance) continue;
      const place = found.findIndex((other) => distance < other.distance);
      found.splice(place < 0 ? found.length : place, 0, { row, distance });
      if (found.length > MOST) found.pop();
    }
    return found.map(({ row }) => row);
  };
}
