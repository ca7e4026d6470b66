import type { Structure } from '@bravais/datasets';
import { leastSquares } from '../../controls/least-squares';
import { type RegressionMetrics, regressionMetrics } from '../metrics/regression-metrics';
import { compositionRow } from './composition-row';
import { fingerprintNeighbors } from './fingerprint-neighbors';
import { nearestBaseline } from './nearest';

/**
 * What is reached without the model. `mean` and `median`: of the training labels. `composition`: ridge regression on what a crystal is made
 * of. `nearest`: mean of the five nearest training crystals by composition and volume per atom. `fingerprint`: mean of the k nearest by
 * statistics of element properties, volume per atom and density, k chosen on validation.
 */
export type BaselineName = 'mean' | 'median' | 'composition' | 'nearest' | 'fingerprint';

/** A baseline over the same materials as the model. */
export interface BaselineReport {
  readonly name: BaselineName;
  readonly metrics: RegressionMetrics;
  /** k of `fingerprint`. */
  readonly neighbors?: number;
}

/** A label, and the structure where it is known. */
export interface LabelledStructure {
  readonly structure: Structure | undefined;
  readonly value: number;
}

/** Of a standardised column's variance: enough to hold where columns depend on each other. */
const RIDGE = 1e-3;

/**
 * Every baseline that the materials allow, fitted on the training labels alone; those that look at structures need one for each material.
 *
 * @param training one label at least
 * @param tested one label at least
 * @param validation chooses k of `fingerprint`; may be empty
 */
export function regressionBaselines(
  training: readonly LabelledStructure[],
  tested: readonly LabelledStructure[],
  validation: readonly LabelledStructure[] = [],
): BaselineReport[] {
  const actual = tested.map(({ value }) => value);
  const report = (name: BaselineName, predicted: readonly number[]): BaselineReport => ({
    name,
    metrics: regressionMetrics(predicted, actual),
  });
  const values = training.map(({ value }) => value);
  const constants = [
    report('mean', new Array<number>(actual.length).fill(meanOf(values))),
    report('median', new Array<number>(actual.length).fill(medianOf(values))),
  ];
  const known = withStructures(training);
  const asked = withStructures(tested).map(({ structure }) => structure);
  if (known.length === 0 || asked.length < tested.length) return constants;
  const ridge = leastSquares(
    known.map(({ structure }) => compositionRow(structure)),
    known.map(({ value }) => [value]),
    RIDGE,
  );
  const linear = ridge.apply(asked.map(compositionRow)).map(([value]) => value!);
  const { neighbors, predicted } = fingerprintNeighbors(known, withStructures(validation), asked, {
    predict: meanOf,
    cost: (value, label) => Math.abs(value - label),
  });
  return [
    ...constants,
    report('composition', linear),
    report('nearest', nearestBaseline(known, asked)),
    { ...report('fingerprint', predicted), neighbors },
  ];
}

/** Labels whose structure is known. */
export function withStructures(
  rows: readonly LabelledStructure[],
): { structure: Structure; value: number }[] {
  return rows.flatMap(({ structure, value }) => (structure ? [{ structure, value }] : []));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
