import { percent } from '../evaluation/interval-text';
import { formatValue } from '../output/format-number';
import { printable } from '../output/printable';
import type { PredictedRow, PredictionRow, PropertyValue } from './prediction-row';

/** A row as a line: `NaCl.cif  NaCl  gap 5.02 ± 0.3 eV (90 %: 4.72 … 5.32)  novelty 37 %`. */
export function predictionText(row: PredictionRow): string {
  const { file, id } = row;
  const name = printable(file.includes(id) ? file : `${file}, ${id}`);
  if ('error' in row) return `${name}: ${row.error.code}: ${printable(row.error.message)}`;
  const values = Object.entries(row.predictions).map(
    ([property, value]) => `${property} ${valueText(value)}`,
  );
  return [name, row.formula, ...values, ...noveltyText(row)].join('  ');
}

function valueText(property: PropertyValue): string {
  const { value, unit, interval, deviation, probabilities } = property;
  const spread = deviation ?? halfWidth(property);
  const number = [
    formatValue(value),
    ...(spread === undefined ? [] : [`± ${formatValue(spread)}`]),
    ...(unit === undefined ? [] : [unit]),
  ].join(' ');
  if (deviation !== undefined) return `${number} (deviation of seeds)`;
  if (interval) {
    const { low, high, level } = interval;
    return `${number} (${percent(level)}: ${formatValue(low)} … ${formatValue(high)})`;
  }
  const sure = probabilities?.[String(value)];
  return sure === undefined ? number : `${number} (probability ${sure.toFixed(2)})`;
}

/** Of an interval with the value in its middle; others are cut off at a minimum, or of a logarithm. */
function halfWidth({ value, interval }: PropertyValue): number | undefined {
  if (!interval) return undefined;
  const { low, high } = interval;
  return Math.abs(high + low - 2 * value) <= 1e-6 * (high - low) ? (high - low) / 2 : undefined;
}

function noveltyText({ novelty }: PredictedRow): string[] {
  if (!novelty) return [];
  const { percentile, unseenElements, flagged } = novelty;
  const never = unseenElements.length > 0 ? `, never seen: ${unseenElements.join(', ')}` : '';
  return [`${flagged ? 'NOVEL' : 'novelty'} ${percentile.toFixed(0)} %${never}`];
}
