import type { FixedCosts } from '../fixed-costs/line';
import { markdownTable } from './markdown-table';

/** What a launch, a replayed launch and a round trip cost. */
export function fixedCostsTable(costs: FixedCosts): string {
  const row = (name: string, microseconds: number): string[] => [name, microseconds.toFixed(1)];
  return markdownTable(
    ['what', 'µs'],
    [
      row('one more launch in a submit', costs.launchMicroseconds),
      row('one more launch in a replayed step', costs.replayedLaunchMicroseconds),
      row('a launch, submitted and awaited', costs.roundTripMicroseconds),
      row('a launch whose number is read', costs.readMicroseconds),
    ],
  );
}

/** The part of the page about fixed costs. */
export function fixedCostsSection(costs: FixedCosts): string {
  return [
    '## Fixed costs',
    `On ${costs.adapter}, kernels of one number each, which wait for one another; host and GPU together, best of 40.`,
    fixedCostsTable(costs),
  ].join('\n\n');
}
