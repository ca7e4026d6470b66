import { basename, extname } from 'node:path';
import type { PredictedProperty, PredictionInterval, StructureAssessment } from '@bravais/trainer';
import type { EmbeddingRow, FailedRow } from '../embed/embedding-row';

/** What is predicted of one property. */
export interface PropertyValue {
  readonly value: number;
  readonly unit?: string;
  /** Of an ensemble: sample standard deviation over its members. */
  readonly deviation?: number;
  /** Of a calibrated model: where the true value is expected, and how often that holds. */
  readonly interval?: PredictionInterval;
  /** Of a classification, by class. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

interface RowHead {
  /** As given; `<stdin>` for the standard input. */
  readonly file: string;
  /** What the file calls the structure, where it holds several; else the name of the file without its ending. */
  readonly id: string;
}

/** What is predicted of one structure. */
export interface PredictedRow extends RowHead {
  readonly formula: string;
  readonly predictions: Readonly<Record<string, PropertyValue>>;
  /** How unlike the training crystals the structure is; absent where the model does not know them. */
  readonly novelty?: NonNullable<StructureAssessment['novelty']>;
}

/** A row of what `bravais predict` writes. */
export type PredictionRow =
  | PredictedRow
  | (RowHead & Pick<FailedRow, 'error'> & { readonly formula?: string });

/** Digits that tell any two float32 apart; more would say nothing. */
const FLOAT32_DIGITS = 9;

/**
 * What was said of a structure, with the names and units of what it is.
 *
 * @param assessmentOf what was said of a row of numbers
 */
export function predictionRow(
  properties: readonly PredictedProperty[],
  row: EmbeddingRow,
  assessmentOf: (row: readonly number[]) => StructureAssessment,
): PredictionRow {
  const { id: file, name, formula } = row;
  const head = { file, id: name ?? basename(file, extname(file)) };
  if ('error' in row) return { ...head, ...(formula === undefined ? {} : { formula }), error: row.error };
  const { predictions, novelty } = assessmentOf(row.embedding);
  const values = properties.map(({ name, unit, classes }): [string, PropertyValue] => {
    const { value, deviation, interval, probabilities } = predictions[name]!;
    return [
      name,
      {
        value: rounded(value),
        ...(unit === '' ? {} : { unit }),
        ...(deviation === undefined ? {} : { deviation: rounded(deviation) }),
        ...(interval
          ? { interval: { ...interval, low: rounded(interval.low), high: rounded(interval.high) } }
          : {}),
        ...(classes && probabilities
          ? {
              probabilities: Object.fromEntries(
                classes.map((label, at) => [label, rounded(probabilities[at]!)]),
              ),
            }
          : {}),
      },
    ];
  });
  return {
    ...head,
    formula: formula ?? '',
    predictions: Object.fromEntries(values),
    ...(novelty
      ? {
          novelty: {
            ...novelty,
            distance: rounded(novelty.distance),
            percentile: rounded(novelty.percentile),
          },
        }
      : {}),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(FLOAT32_DIGITS));
}
