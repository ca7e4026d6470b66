import type { KernelProfile, LaunchProfile, LaunchTotals, LayerProfile } from './profiler';

const COLUMNS = ['launches', 'ms', 'MB', 'GB/s', 'GFLOP/s'] as const;

/** How launches outside of every layer are called. */
const NO_LAYER = '(no layer)';

/**
 * A profile as an aligned text table, one kernel a line in the order given, with a line of totals.
 *
 * @example
 * ```ts
 * const { kernels } = await device.profile(() => step());
 * console.log(profileTable(kernels));
 * ```
 */
export function profileTable(kernels: readonly KernelProfile[]): string {
  return table(
    'kernel',
    kernels.map((totals) => [totals.kernel, totals]),
  );
}

/** The same by layer, one a line; gradients count with the layer they belong to. */
export function layerTable(layers: readonly LayerProfile[]): string {
  return table(
    'layer',
    layers.map((totals) => [totals.layer || NO_LAYER, totals]),
  );
}

/**
 * Both tables of a profile, by layer first.
 *
 * @example
 * ```ts
 * console.log(profileTables(await device.profile(() => step())));
 * ```
 */
export function profileTables({ kernels, layers }: LaunchProfile): string {
  return `${layerTable(layers)}\n\n${profileTable(kernels)}`;
}

function table(heading: string, rows: readonly (readonly [name: string, totals: LaunchTotals])[]): string {
  const sum = (value: (totals: LaunchTotals) => number): number =>
    rows.reduce((total, [, totals]) => total + value(totals), 0);
  const cells = rows.map(([name, totals]) => [
    name,
    `${totals.launches}`,
    totals.milliseconds.toFixed(3),
    (totals.bytes / 1e6).toFixed(1),
    totals.gigabytesPerSecond.toFixed(1),
    totals.gigaflopsPerSecond?.toFixed(1) ?? '',
  ]);
  const total = [
    'all',
    `${sum(({ launches }) => launches)}`,
    sum(({ milliseconds }) => milliseconds).toFixed(3),
    (sum(({ bytes }) => bytes) / 1e6).toFixed(1),
    '',
    '',
  ];
  const lines = [[heading, ...COLUMNS], ...cells, total];
  const widths = total.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const pad = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
