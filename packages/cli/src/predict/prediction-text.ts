import { formatValue } from '../output/format-number';
import type { PredictionRow, PropertyValue } from './prediction-row';

/** A row as a line: `NaCl.cif  NaCl  gap 5.02 eV`. */
export function predictionText(row: PredictionRow): string {
  const { file, id } = row;
  const name = file.includes(id) ? file : `${file}, ${id}`;
  if ('error' in row) return `${name}: ${row.error.code}: ${row.error.message}`;
  const values = Object.entries(row.predictions).map(
    ([property, value]) => `${property} ${valueText(value)}`,
  );
  return [name, row.formula, ...values].join('  ');
}

function valueText({ value, unit, probabilities }: PropertyValue): string {
  const number = unit === undefined ? formatValue(value) : `${formatValue(value)} ${unit}`;
  const sure = probabilities?.[String(value)];
  return sure === undefined ? number : `${number} (probability ${sure.toFixed(2)})`;
}
