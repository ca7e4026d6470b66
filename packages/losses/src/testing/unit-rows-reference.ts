import type { HostRows } from './alignment-run';

/** Rows over max(|x|, 1e-12) in float64, and dL/dx from dL/d(those): 0 for rows of zeros. */
export function unitRowsReference({ shape, data }: HostRows): {
  unit: { shape: readonly [number, number]; data: Float64Array };
  pullback: (gradient: Float64Array) => Float64Array;
} {
  const [batch, features] = shape;
  const unit = Float64Array.from(data);
  const norms = Array.from({ length: batch }, (_, row) =>
    Math.hypot(...data.subarray(row * features, (row + 1) * features)),
  );
  for (let at = 0; at < unit.length; at++) unit[at]! /= Math.max(1e-12, norms[Math.floor(at / features)]!);
  const pullback = (gradient: Float64Array): Float64Array => {
    const result = new Float64Array(data.length);
    for (const [row, norm] of norms.entries()) {
      if (norm === 0) continue;
      let along = 0;
      for (let at = row * features; at < (row + 1) * features; at++) along += gradient[at]! * unit[at]!;
      for (let at = row * features; at < (row + 1) * features; at++) {
        result[at] = (gradient[at]! - (norm > 1e-12 ? along * unit[at]! : 0)) / Math.max(1e-12, norm);
      }
    }
    return result;
  };
  return { unit: { shape, data: unit }, pullback };
}
