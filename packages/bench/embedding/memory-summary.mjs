/**
 * What resident memory did over a run: the highest sample up to 10, 50 and 100 % of the rows, and the slope from 10 % on, by least
 * squares.
 *
 * @param {readonly { seconds: number, rows: number, mebibytes: number }[]} samples in order
 * @param {number} rows of the whole run
 * @param {number} seconds of the whole run
 */
export function memorySummary(samples, rows, seconds) {
  const peak = (share) =>
    Math.max(
      ...samples.filter((each) => each.rows <= share * rows || share === 1).map((each) => each.mebibytes),
    );
  return {
    rowsPerSecond: rows / seconds,
    peakMebibytes: { 10: peak(0.1), 50: peak(0.5), 100: peak(1) },
    kibibytesPerThousandRows: 1024 * slope(samples.filter((each) => each.rows >= 0.1 * rows)),
  };
}

/** MiB a thousand rows. */
function slope(samples) {
  const mean = (of) => samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
  const [x, y] = [mean((each) => each.rows / 1000), mean((each) => each.mebibytes)];
  const spread = mean((each) => (each.rows / 1000 - x) ** 2);
  return mean((each) => (each.rows / 1000 - x) * (each.mebibytes - y)) / spread;
}
