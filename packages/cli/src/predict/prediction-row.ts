import { basename, extname } from 'node:path';
import type { PredictedProperty } from '@bravais/trainer';
import type { EmbeddingRow, FailedRow } from '../embed/embedding-row';
import { predictionsOfRow } from './predictions-as-rows';

/** What is predicted of one property. */
export interface PropertyValue {
  readonly value: number;
  readonly unit?: string;
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
}

/** A row of what `bravais predict` writes. */
export type PredictionRow =
  | PredictedRow
  | (RowHead & Pick<FailedRow, 'error'> & { readonly formula?: string });

/** A row of numbers with the names and units of what they are. */
export function predictionRow(properties: readonly PredictedProperty[], row: EmbeddingRow): PredictionRow {
  const { id: file, name, formula } = row;
  const head = { file, id: name ?? basename(file, extname(file)) };
  if ('error' in row) return { ...head, ...(formula === undefined ? {} : { formula }), error: row.error };
  const found = predictionsOfRow(properties, row.embedding);
  const predictions = properties.map(({ name, unit, classes }): [string, PropertyValue] => {
    const { value, probabilities } = found[name]!;
    return [
      name,
      {
        value,
        ...(unit === '' ? {} : { unit }),
        ...(classes && probabilities
          ? { probabilities: Object.fromEntries(classes.map((label, at) => [label, probabilities[at]!])) }
          : {}),
      },
    ];
  });
  return { ...head, formula: formula ?? '', predictions: Object.fromEntries(predictions) };
}
