import type { KernelProfile } from './profiler';

const HEADINGS = ['kernel', 'launches', 'ms', 'MB', 'GB/s', 'GFLOP/s'] as const;

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
  const sum = (value: (kernel: KernelProfile) => number): number =>
    kernels.reduce((total, kernel) => total + value(kernel), 0);
  const rows = kernels.map((kernel) => [
    kernel.kernel,
    `${kernel.launches}`,
    kernel.milliseconds.toFixed(3),
    (kernel.bytes / 1e6).toFixed(1),
    kernel.gigabytesPerSecond.toFixed(1),
    kernel.gigaflopsPerSecond?.toFixed(1) ?? '',
  ]);
  const total = [
    'all',
    `${sum(({ launches }) => launches)}`,
    sum(({ milliseconds }) => milliseconds).toFixed(3),
    (sum(({ bytes }) => bytes) / 1e6).toFixed(1),
    '',
    '',
  ];
  const lines = [[...HEADINGS], ...rows, total];
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const pad = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column]!) : text.padStart(widths[column]!);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
