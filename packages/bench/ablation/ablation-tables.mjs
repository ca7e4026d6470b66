import { meanAndSpread } from '../training/summary-table.mjs';

const MEASURES = ['r@1', 'r@10'];

/**
 * Markdown of an ablation: for each task a table of every loss (steps, CPU time, scores of every ordered pair as mean ±
 * standard deviation over seeds, folds averaged first), and the paired differences from the first loss.
 */
export function ablationTables({ adapter, date, seeds, runs }) {
  const tasks = [...new Set(runs.map(({ task }) => task))];
  return [
    `${adapter}, ${date}, ${seeds} seeds`,
    ...tasks.flatMap((task) => {
      const own = runs.filter((run) => run.task === task);
      return [`### ${task}`, costTable(own), scoreTable(own), differenceTable(own)];
    }),
  ].join('\n\n');
}

function costTable(runs) {
  return table(
    ['loss', 'steps', 'CPU ms a step', 'CPU s a run', 'R@1, all pairs', 'R@10, all pairs', 'MRR'],
    byLoss(runs, (own) => [
      own[0].steps,
      (1000 * own[0].cpuSecondsPerStep).toFixed(1),
      meanAndSpread(own.map(({ cpuSeconds }) => cpuSeconds)).mean.toFixed(1),
      ...['r@1', 'r@10', 'mrr'].map((measure) => shown(bySeed(own, measure))),
    ]),
  );
}

function scoreTable(runs) {
  const pairs = Object.keys(runs[0].scores).flatMap((name) =>
    name.endsWith('/r@1') ? [name.slice(0, -4)] : [],
  );
  return table(
    ['R@1 / R@10', ...pairs],
    byLoss(runs, (own) =>
      pairs.map((pair) => MEASURES.map((measure) => shown(bySeed(own, `${pair}/${measure}`))).join(' / ')),
    ),
  );
}

function differenceTable(runs) {
  const [first] = runs;
  const base = runs.filter(({ loss }) => loss === first.loss);
  return table(
    [`less ${first.loss}, paired by seed`, ...MEASURES, 'mrr'],
    byLoss(
      runs.filter(({ loss }) => loss !== first.loss),
      (own) =>
        [...MEASURES, 'mrr'].map((measure) => {
          const [a, b] = [bySeed(own, measure), bySeed(base, measure)];
          return shown(a.map((value, seed) => value - b[seed]));
        }),
    ),
  );
}

/** A measure of each seed, its folds averaged. */
function bySeed(runs, measure) {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  return seeds.map((seed) => {
    const values = runs.filter((run) => run.seed === seed).map(({ scores }) => scores[measure]);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function byLoss(runs, cells) {
  const names = [...new Set(runs.map(({ loss }) => loss))];
  return names.map((name) => [name, ...cells(runs.filter(({ loss }) => loss === name))]);
}

function shown(values) {
  const { mean, spread } = meanAndSpread(values);
  const digits = (value) => value.toFixed(3).replace(/^(-?)0\./, '$1.');
  return spread === null ? digits(mean) : `${digits(mean)} ± ${digits(spread)}`;
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
