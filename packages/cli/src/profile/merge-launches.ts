import type { Device } from '@bravais/tensor-core';

/** Launches by kernel and by layer, as `device.profile` reports them. */
export type LaunchTimes = Pick<Awaited<ReturnType<Device['profile']>>, 'kernels' | 'layers'>;

/** Time and traffic of some launches. */
export type LaunchTotals = Omit<LaunchTimes['kernels'][number], 'kernel'>;

/** The launches of several profiles as one, slowest first. */
export function mergeLaunches(profiles: readonly LaunchTimes[]): LaunchTimes {
  return {
    kernels: merged(
      profiles.flatMap(({ kernels }) => kernels),
      ({ kernel }) => kernel,
    ).map(([kernel, totals]) => ({ kernel, ...totals })),
    layers: merged(
      profiles.flatMap(({ layers }) => layers),
      ({ layer }) => layer,
    ).map(([layer, totals]) => ({ layer, ...totals })),
  };
}

/** Time of all launches of a profile, in ms. */
export function kernelTime({ kernels }: LaunchTimes): number {
  return kernels.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

function merged<Row extends LaunchTotals>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
): [string, LaunchTotals][] {
  const byName = new Map<string, Row[]>();
  for (const row of rows) byName.set(nameOf(row), [...(byName.get(nameOf(row)) ?? []), row]);
  return [...byName]
    .map(([name, group]): [string, LaunchTotals] => [name, totalOf(group)])
    .sort(([, a], [, b]) => b.milliseconds - a.milliseconds);
}

function totalOf(rows: readonly LaunchTotals[]): LaunchTotals {
  const sum = (of: (row: LaunchTotals) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const milliseconds = sum((row) => row.milliseconds);
  const bytes = sum((row) => row.bytes);
  const megaflops = sum((row) => (row.gigaflopsPerSecond ?? 0) * row.milliseconds);
  return {
    launches: sum((row) => row.launches),
    milliseconds,
    bytes,
    gigabytesPerSecond: milliseconds > 0 ? bytes / milliseconds / 1e6 : 0,
    gigaflopsPerSecond: megaflops > 0 ? megaflops / milliseconds : null,
  };
}
