import Table from 'cli-table3';
import { factsTable } from '../output/facts-table';
import { formatBytes, formatCount } from '../output/format-number';
import type { Output } from '../output/output';
import type { LaunchTotals } from './merge-launches';
import type { TrainingProfile } from './profile-training';

/** Kernels shown each; the rest is one line. */
const MOST_ROWS = 24;

type Named = LaunchTotals & { readonly name: string };

/** A profile for people: the step as a whole, then its time by layer and by kernel. */
export function profileText(profile: TrainingProfile, output: Output): string {
  const { kernels, layers } = profile;
  const byLayer = layers.map(({ layer, ...totals }) => ({ name: layer || '(no layer)', ...totals }));
  const byKernel = kernels.map(({ kernel, ...totals }) => ({ name: kernel, ...totals }));
  const named = layers.some(({ layer }) => layer !== '');
  return [
    factsTable(facts(profile)),
    ...(named ? [table('layer', byLayer, profile, output)] : []),
    table('kernel', byKernel, profile, output),
    'Nothing was written.',
  ].join('\n\n');
}

function facts(profile: TrainingProfile): (readonly [string, string])[] {
  const { batchSize, stepMilliseconds, slowSteps } = profile;
  const rate = (batchSize / stepMilliseconds) * 1000;
  const leftOut = slowSteps > 0 ? `, ${slowSteps} far slower ones left out (compiling?)` : '';
  return [
    ['adapter', profile.adapter],
    ['model', `${formatCount(profile.parameterCount)} parameters, batch ${batchSize}`],
    ['step', `${stepMilliseconds.toFixed(1)} ms by the clock, ${formatCount(Math.round(rate))} materials/s`],
    [
      'kernels',
      `${profile.kernelMilliseconds.toFixed(1)} ms in ${Math.round(profile.launchesPerStep)} launches, each timed alone`,
    ],
    ['peak memory', formatBytes(profile.peakBytes)],
    ['profiled', `${profile.profiledSteps} steps after ${profile.warmUpSteps} others${leftOut}`],
  ];
}

/** Rows slowest first, for one step. */
function table(
  heading: string,
  rows: readonly Named[],
  { profiledSteps, kernelMilliseconds }: TrainingProfile,
  output: Output,
): string {
  const head = [heading, 'launches', 'ms', 'share', 'GB/s', 'GFLOP/s'];
  const drawn = new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  });
  const cells = (
    name: string,
    totals: Pick<LaunchTotals, 'launches' | 'milliseconds'>,
    speeds: string[],
  ): string[] => {
    const milliseconds = totals.milliseconds / profiledSteps;
    return [
      name,
      String(Number((totals.launches / profiledSteps).toFixed(1))),
      milliseconds.toFixed(3),
      `${((100 * milliseconds) / kernelMilliseconds).toFixed(1)} %`,
      ...speeds,
    ];
  };
  for (const row of rows.slice(0, MOST_ROWS)) {
    const { gigabytesPerSecond, gigaflopsPerSecond } = row;
    drawn.push(cells(row.name, row, [gigabytesPerSecond.toFixed(1), gigaflopsPerSecond?.toFixed(1) ?? '']));
  }
  const others = rows.slice(MOST_ROWS);
  if (others.length > 0) {
    const sum = (of: (row: Named) => number): number => others.reduce((total, row) => total + of(row), 0);
    const totals = {
      launches: sum(({ launches }) => launches),
      milliseconds: sum((row) => row.milliseconds),
    };
    drawn.push(cells(`${others.length} others`, totals, ['', '']));
  }
  return `${output.style('bold', `time of a step by ${heading}`)}\n${drawn.toString()}`;
}
