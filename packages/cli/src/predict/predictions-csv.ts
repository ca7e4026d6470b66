import type { PredictedProperty } from '@bravais/trainer';
import type { PredictionRow } from './prediction-row';

/** Rows as CSV (RFC 4180, with line feeds): file, id, formula, a column a property and a class, and what went wrong. */
export function predictionsCsv(
  properties: readonly PredictedProperty[],
  rows: readonly PredictionRow[],
): string {
  const columns = properties.flatMap(({ name, unit, classes = [] }) => [
    unit === '' ? name : `${name} (${unit})`,
    ...classes.map((label) => `${name} = ${label}`),
  ]);
  const lines = rows.map((row) => {
    const values = properties.flatMap(({ name, classes = [] }) => {
      const found = 'predictions' in row ? row.predictions[name] : undefined;
      return [found?.value, ...classes.map((label) => found?.probabilities?.[label])];
    });
    return [row.file, row.id, row.formula, ...values, 'error' in row ? row.error.message : ''];
  });
  const table = [['file', 'id', 'formula', ...columns, 'error'], ...lines];
  return `${table.map((line) => line.map(quoted).join(',')).join('\n')}\n`;
}

/** A spreadsheet would run a text that begins like a formula. */
function quoted(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+@\t\r-]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
