import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchDocument } from './document';
import { kernelChart } from './kernel-chart';
import { CHARTS, renderPage } from './page';
import { workloadChart } from './workload-chart';

/** Writes `benchmarks.json`, `benchmarks.md` and the charts of what was measured; returns the paths. */
export async function writeReport(folder: string, document: BenchDocument): Promise<string[]> {
  const { workloads, kernels } = document;
  const files: Record<string, string> = {
    'benchmarks.json': `${JSON.stringify(document, null, 2)}\n`,
    'benchmarks.md': renderPage(document),
    ...(workloads ? { [CHARTS.workloads]: await workloadChart(workloads) } : {}),
    ...(kernels ? { [CHARTS.kernels]: await kernelChart(kernels) } : {}),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, contents] of Object.entries(files)) {
    const file = join(folder, name);
    await writeFile(`${file}.new`, contents);
    await rename(`${file}.new`, file);
  }
  return Object.keys(files).map((name) => join(folder, name));
}
