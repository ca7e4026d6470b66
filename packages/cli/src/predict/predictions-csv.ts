import type { PredictedProperty } from '@bravais/trainer';
import type { PredictedRow, PredictionRow, PropertyValue } from './prediction-row';

type Cell = string | number | undefined;

/** A column and its cell in a row. */
interface Column {
  readonly head: string;
  readonly of: (row: PredictedRow) => Cell;
}

/**
 * Rows as CSV (RFC 4180, with line feeds): file, id, formula, for each property its value, what is known of its uncertainty, and its classes,
 * then novelty where the model knows it, and what went wrong.
 */
export function predictionsCsv(
  properties: readonly PredictedProperty[],
  rows: readonly PredictionRow[],
): string {
  const predicted = rows.filter((row): row is PredictedRow => 'predictions' in row);
  const columns = [
    ...properties.flatMap((property) => propertyColumns(property, predicted)),
    ...(predicted.some(({ novelty }) => novelty) ? NOVELTY : []),
  ];
  const lines = rows.map((row) => [
    row.file,
    row.id,
    row.formula,
    ...columns.map(({ of }) => ('predictions' in row ? of(row) : undefined)),
    'error' in row ? row.error.message : '',
  ]);
  const table: Cell[][] = [['file', 'id', 'formula', ...columns.map(({ head }) => head), 'error'], ...lines];
  return `${table.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

function propertyColumns(
  { name, unit, classes = [] }: PredictedProperty,
  rows: readonly PredictedRow[],
): Column[] {
  const column = (title: string, of: (value: PropertyValue) => Cell): Column => ({
    head: unit === '' ? title : `${title} (${unit})`,
    of: ({ predictions }) => of(predictions[name]!),
  });
  const knows = (key: 'deviation' | 'interval'): boolean =>
    rows.some(({ predictions }) => predictions[name]![key] !== undefined);
  return [
    column(name, ({ value }) => value),
    ...(knows('deviation') ? [column(`${name} deviation`, ({ deviation }) => deviation)] : []),
    ...(knows('interval')
      ? [
          column(`${name} low`, ({ interval }) => interval?.low),
          column(`${name} high`, ({ interval }) => interval?.high),
        ]
      : []),
    ...classes.map((label) => ({
      head: `${name} = ${label}`,
      of: ({ predictions }: PredictedRow) => predictions[name]!.probabilities?.[label],
    })),
  ];
}

const NOVELTY: readonly Column[] = [
  { head: 'novelty (%)', of: ({ novelty }) => novelty?.percentile },
  { head: 'never seen', of: ({ novelty }) => novelty?.unseenElements.join(' ') },
  { head: 'novel', of: ({ novelty }) => (novelty ? Number(novelty.flagged) : undefined) },
];

/** A spreadsheet would run a text that begins like a formula. */
function quoted(value: Cell): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+@\t\r-]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
