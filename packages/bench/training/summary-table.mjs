/**
 * A table of one row a measure and one column a side: mean over the runs, ± the sample standard deviation where there are
 * several, and the ratio of the means.
 *
 * @param {readonly { side: string, crystalsPerSecond: number, secondsPerEpoch: number, cpuSecondsPerEpoch: number }[]} runs
 * @param {Record<string, (run: object) => number>} scores further measures by name
 */
export function summaryTable(runs, scores) {
  const sides = [...new Set(runs.map(({ side }) => side))];
  const measures = {
    'crystals/s': ({ crystalsPerSecond }) => crystalsPerSecond,
    's/epoch': ({ secondsPerEpoch }) => secondsPerEpoch,
    'CPU s/epoch': ({ cpuSecondsPerEpoch }) => cpuSecondsPerEpoch,
    ...scores,
  };
  const rows = Object.entries(measures).map(([name, measure]) => {
    const columns = sides.map((side) => meanAndSpread(runs.filter((run) => run.side === side).map(measure)));
    const ratio = columns[0].mean / columns.at(-1).mean;
    return [name, ...columns.map(show), ratio.toFixed(3)];
  });
  const ratioTitle = `${sides[0]} / ${sides.at(-1)}`;
  const table = [['', ...sides, ratioTitle], ['', ...sides, ''].map(() => '---'), ...rows];
  return table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Mean and sample standard deviation; no deviation of a single value. */
export function meanAndSpread(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, spread: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}

function show({ mean, spread }) {
  return spread === null ? digits(mean, 4) : `${digits(mean, 4)} ± ${digits(spread, 2)}`;
}

/** A number with so many significant digits, never as a power of ten. */
function digits(value, count) {
  return String(Number(value.toPrecision(count)));
}
