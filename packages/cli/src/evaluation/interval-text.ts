import type { IntervalReport } from '@bravais/trainer';
import { formatCount, formatValue } from '../output/format-number';

/** `90 % intervals: hold 89.2 %, mean width 1.06 eV, from 60 validation labels`. */
export function intervalText(
  title: string,
  { level, calibration, radius, coverage, meanWidth }: IntervalReport,
  unit: string,
): string {
  const name = `${percent(level)} ${title}`;
  const labels = `${formatCount(calibration)} validation labels`;
  if (radius === null || coverage === null || meanWidth === null)
    return `${name}: none, ${labels} are too few`;
  const inUnit = (value: number): string => `${formatValue(value)}${unit === '' ? '' : ` ${unit}`}`;
  return `${name}: hold ${percent(coverage)}, mean width ${inUnit(meanWidth)}, from ${labels}`;
}

/** `90 %`, `99.5 %` */
export function percent(fraction: number): string {
  return `${Number((100 * fraction).toPrecision(3))} %`;
}
