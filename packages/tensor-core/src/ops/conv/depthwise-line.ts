import { type AxisTaps, countOf, rowsOf } from './geometry';
import { ROWS_ALONG } from './slide-source';

/** Most taps along x that are written out: more would not stay in registers. */
const MOST_TAPS = 7;

/** Whether an Element of the source, once loaded, can serve all taps along x: see `depthwise-line.wgsl`. */
export function slides(x: AxisTaps): boolean {
  return x.step === 1 && countOf(x) >= 2 && countOf(x) <= MOST_TAPS;
}

/** Stretches of rows along x that threads take, which are as far apart as taps are. */
export function slideBlocks(x: AxisTaps): number {
  const apart = Math.abs(x.direction);
  return Math.ceil(rowsOf(x) / (apart * ROWS_ALONG)) * apart;
}
