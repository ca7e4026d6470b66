/** Width and height of a drawn spectrum. */
export const SPECTRUM_BOX = [100, 30] as const;

/** Outline of a spectrum of maximum 1 as the `d` of an SVG path, closed along the bottom. */
export function spectrumPath(values: Float32Array): string {
  const [width, height] = SPECTRUM_BOX;
  const step = width / Math.max(1, values.length - 1);
  const points = Array.from(
    values,
    (value, bin) =>
      `${(bin * step).toFixed(1)} ${(height - height * Math.min(1, Math.max(0, value))).toFixed(1)}`,
  );
  return `M0 ${height}L${points.join('L')}L${width} ${height}Z`;
}
