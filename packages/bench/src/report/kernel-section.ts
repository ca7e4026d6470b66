import type { KernelReport } from './document';
import { markdownTable } from './markdown-table';
import { roofline } from './roofline';

/** Each kernel's time, what it reached, and which part of the possible that is. */
export function kernelTable({ kernels, roofs }: KernelReport): string {
  const rows = kernels.map((time) => {
    const { kernel, ms, gigaflopsPerSecond, gigabytesPerSecond, bound, share } = roofline(time, roofs);
    return [
      kernel,
      ms.toPrecision(3),
      time.flops > 0 ? gigaflopsPerSecond.toFixed(1) : '',
      gigabytesPerSecond.toFixed(1),
      bound,
      `${Math.round(share * 100)} %`,
    ];
  });
  return markdownTable(['kernel', 'ms', 'GFLOP/s', 'GB/s', 'bound by', 'of the possible'], rows);
}

/** The roofs in one line. */
export function roofText({ roofs }: KernelReport): string {
  const { vec4, mat4x4, transfer } = roofs.copyGigabytesPerSecond;
  return `Compute: ${roofs.gigaflopsPerSecond.toFixed(1)} GFLOP/s by fused multiply-adds in registers. Memory: ${roofs.gigabytesPerSecond.toFixed(1)} GB/s by the faster copying kernel (16 bytes a lane ${vec4.toFixed(1)}, 64 bytes ${mat4x4.toFixed(1)}); the driver's own copy between buffers reaches ${transfer.toFixed(1)}.`;
}

/** The part of the page about the kernels; `chart` is the file of its drawing. */
export function kernelSection(report: KernelReport, chart: string): string {
  const failures = report.failures.map(({ kernel, error }) => `- ${kernel}: ${error}`);
  return [
    '## Kernels and their roofs',
    `On ${report.adapter}. ${roofText(report)} The possible time of a kernel is the longer of its operations at the one roof and its bytes, each input read and each output written once, at the other. Both roofs were measured in this run, before and after the kernels, the memory roof on buffers larger than the caches: small kernels can pass it. Times are those of the GPU's timestamps, the best of up to 12.`,
    kernelTable(report),
    `![Share of the possible that each kernel reaches](${chart})`,
    ...(failures.length > 0 ? [failures.join('\n')] : []),
  ].join('\n\n');
}
