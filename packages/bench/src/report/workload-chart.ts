import type { WorkloadReport } from './document';
import { COLORS, drawChart } from './draw-chart';

/** Time of each library on each workload, on a logarithmic axis: one row a workload, one mark a library. */
export function workloadChart({ rows, peers }: WorkloadReport): Promise<string> {
  const names = peers.map(({ name }) => name);
  const works = [...new Set(rows.map(({ work }) => work))];
  // Drawn last, ours lies on top where marks meet.
  const drawn = [...rows].sort((a, b) => names.indexOf(b.peer) - names.indexOf(a.peer));
  return drawChart({
    width: 560,
    height: 40 * works.length,
    description: 'Time of each library on each workload in milliseconds',
    data: { values: drawn.map(({ work, peer, ms }) => ({ work, peer, ms })) },
    mark: { type: 'point', filled: true, size: 130, opacity: 1 },
    encoding: {
      y: { field: 'work', type: 'nominal', sort: works, title: null, axis: { grid: true } },
      x: {
        field: 'ms',
        type: 'quantitative',
        title: 'ms, logarithmic',
        scale: { type: 'log' },
        axis: { format: '~g', tickCount: 6 },
      },
      color: {
        field: 'peer',
        type: 'nominal',
        scale: { domain: names, range: names.map((_, index) => COLORS[index % COLORS.length]!) },
        legend: { orient: 'bottom', columns: 3 },
      },
      shape: {
        field: 'peer',
        type: 'nominal',
        scale: { domain: names, range: names.map((_, index) => (index === 0 ? 'diamond' : 'circle')) },
        legend: { orient: 'bottom', columns: 3 },
      },
    },
  });
}
