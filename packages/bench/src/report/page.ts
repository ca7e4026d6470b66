import type { BenchDocument } from './document';
import { fixedCostsSection } from './fixed-costs-section';
import { kernelSection } from './kernel-section';
import { sizeSection } from './size-section';
import { startSection } from './start-section';
import { workloadSection } from './workload-section';

/** Files that the page refers to, beside it. */
export const CHARTS = { workloads: 'benchmarks-workloads.svg', kernels: 'benchmarks-kernels.svg' } as const;

/** The page of a run, in Markdown; equal documents give equal text. */
export function renderPage(document: BenchDocument): string {
  const { command, date, machine, workloads, sizes, kernels, start, fixedCosts } = document;
  const { cpu, cores, memoryGib, system, node } = machine;
  return `${[
    `<!-- Written by \`${command}\` on ${date}; do not edit. -->`,
    '# Benchmarks',
    `Measured on ${cpu}, ${cores} cores, ${memoryGib} GiB, ${system}, Node ${node}. The numbers are in [benchmarks.json](benchmarks.json); \`${command}\` measures them anew. Times of two runs, or of two machines, do not compare; ratios within a run do.`,
    ...(workloads ? [workloadSection(workloads, CHARTS.workloads)] : []),
    ...(sizes ? [sizeSection(sizes)] : []),
    ...(kernels ? [kernelSection(kernels, CHARTS.kernels)] : []),
    ...(fixedCosts ? [fixedCostsSection(fixedCosts)] : []),
    ...(start ? [startSection(start)] : []),
  ].join('\n\n')}\n`;
}
