import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kernelReport, sizeReport } from '../run-parts';
import { sampleDocument } from '../testing/sample-document';
import { kernelTable } from './kernel-section';
import { markdownTable } from './markdown-table';
import { renderPage } from './page';
import { roofline } from './roofline';
import { sizeNotes, sizeTable } from './size-section';
import { workloadNotes, workloadTable } from './workload-section';
import { writeReport } from './write-report';

it('a table lines up, and no cell ends it early', () => {
  expect(markdownTable(['a|b', 'n'], [['x', '1234']])).toBe(
    ['| a\\|b |    n |', '| ---- | ---: |', '| x    | 1234 |'].join('\n'),
  );
});

it('the table shows times, marks, gaps and ratios', () => {
  const rows = workloadTable(sampleDocument.workloads!).split('\n');
  const cells = rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
  expect(cells[0]).toEqual([
    'ms',
    'bravais',
    'jax-js-wasm',
    'tfjs-wasm',
    'pytorch',
    '÷ best TypeScript peer',
    '÷ PyTorch',
  ]);
  expect(cells[2]).toEqual(['matmul512', '4.00', '8.00', '9.50', '–', '0.50', '–']);
  expect(cells[3]).toEqual(['cgcnn_fwdbwd', '30.0', '300', 'fails', '–', '0.10', '–']);
  expect(cells[4]).toEqual(['barlow3_fwd', '3.00', '1.00 (!)', '12.0', '–', '0.25', '–']);
});

it('notes tell whose check is off and who failed why', () => {
  expect(workloadNotes(sampleDocument.workloads!)).toEqual([
    '(!) barlow3_fwd: the check of jax-js-wasm is off by more than 0.002 (bravais 69.2, jax-js-wasm 70, tfjs-wasm 69.2).',
    "tfjs-wasm, cgcnn_fwdbwd: Kernel 'UnsortedSegmentSum' not registered",
  ]);
});

it('a peer that did not run at all fails everywhere', () => {
  const { workloads } = sampleDocument;
  const failures = [{ peer: 'pytorch', work: null, error: 'no torch' }];
  const [, , first] = workloadTable({ ...workloads!, failures }).split('\n');
  expect(first).toMatch(/\| +fails \| +0\.50 \| +– \|$/);
});

it('reached over possible, by the roof that is lower for the kernel', () => {
  const { roofs } = sampleDocument.kernels!;
  const product = roofline({ kernel: 'a', ms: 4, flops: 2e8, bytes: 1e6 }, roofs);
  expect(product).toMatchObject({ bound: 'compute', gigaflopsPerSecond: 50, share: 0.5 });
  const copy = roofline({ kernel: 'b', ms: 4, flops: 0, bytes: 3e7 }, roofs);
  expect(copy).toMatchObject({ bound: 'memory', gigabytesPerSecond: 7.5, share: 0.75 });
});

it('the kernel table leaves operations out where none count', () => {
  const [, , product, gather] = kernelTable(sampleDocument.kernels!).split('\n');
  expect(product).toMatch(/^\| matmul +\| +4\.00 \| +50\.0 \| +0\.3 \| +compute \| +50 % \|$/);
  expect(gather).toMatch(/^\| gather +\| +4\.00 \| +\| +7\.5 \| +memory \| +75 % \|$/);
});

it('kernels that failed are told from those that ran, the higher roofs count, and none at all are an error', () => {
  const { adapter, roofs, kernels } = sampleDocument.kernels!;
  const broken = { kernel: 'softmax', error: 'lost' };
  expect(kernelReport([{ adapter, roofs }, ...kernels, broken], null)).toEqual({
    adapter,
    roofs,
    kernels,
    failures: [broken],
  });
  expect(kernelReport([{ adapter, roofs }], 'killed').failures).toEqual([
    { kernel: 'process', error: 'killed' },
  ]);
  const copyGigabytesPerSecond = { vec4: 12, mat4x4: 8, transfer: 30 };
  const later = { gigaflopsPerSecond: 90, gigabytesPerSecond: 12, copyGigabytesPerSecond };
  expect(kernelReport([{ adapter, roofs }, ...kernels, { adapter, roofs: later }], null).roofs).toEqual({
    gigaflopsPerSecond: 100,
    gigabytesPerSecond: 12,
    copyGigabytesPerSecond: { vec4: 12, mat4x4: 10, transfer: 30 },
  });
  expect(() => kernelReport([], 'no WebGPU adapter')).toThrow('no WebGPU adapter');
});

it('the size table holds each size against its own workload, and marks a cliff', () => {
  const [, , own, other, alone] = sizeTable(sampleDocument.sizes!)
    .split('\n')
    .map((row) => row.split('|').map((cell) => cell.trim()));
  expect(own!.slice(1, -1)).toEqual(['matmul512', '512 × 512 × 512', '200', '4.00', '5.00', '50.0', '1.00']);
  expect(other!.slice(4, -1)).toEqual(['2.00', '2.50', '20.0', '2.50 (!)']);
  expect(alone!.at(-2)).toBe('–');
  expect(sizeNotes(sampleDocument.sizes!)).toEqual(['mlp_step, 4,096 × 128: no kernel']);
});

it('sizes that failed are told from those that ran, and a process that did not begin is an error', () => {
  const { adapter, sizes, failures } = sampleDocument.sizes!;
  const lines = [{ adapter }, ...sizes, { adapter }, ...failures];
  expect(sizeReport(lines, null)).toEqual(sampleDocument.sizes);
  expect(sizeReport(lines, 'killed').failures).toEqual([...failures, { what: 'process', error: 'killed' }]);
  expect(() => sizeReport([], 'no WebGPU adapter')).toThrow('no WebGPU adapter');
});

it('the page names command, machine, adapters and every part, and repeats itself', () => {
  const page = renderPage(sampleDocument);
  expect(page).toMatch(/^<!-- Written by `npm run bench -- --out docs` on 2026-11-23; do not edit\. -->/);
  for (const fact of [
    'Test CPU, 2 cores, 8 GiB',
    'Node v20.20.2',
    '- bravais 0.0.0 on llvmpipe',
    '- pytorch did not run',
    '## Workloads beside other libraries',
    '## Other sizes',
    '- mlp_step, 4,096 × 128: no kernel',
    '## Kernels and their roofs',
    '![Time of each library on each workload](benchmarks-workloads.svg)',
    '## First step',
    '| cold  |      46 |',
  ]) {
    expect(page).toContain(fact);
  }
  expect(renderPage(sampleDocument)).toBe(page);
  const { workloads: _, ...rest } = sampleDocument;
  expect(renderPage(rest)).not.toContain('## Workloads');
});

it('writes the document, the page and the charts, whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bravais-report-'));
  try {
    const files = await writeReport(join(folder, 'new'), sampleDocument);
    const names = ['benchmarks-kernels.svg', 'benchmarks-workloads.svg', 'benchmarks.json', 'benchmarks.md'];
    expect((await readdir(join(folder, 'new'))).sort()).toEqual(names);
    expect(files).toHaveLength(4);
    expect(JSON.parse(await readFile(join(folder, 'new', 'benchmarks.json'), 'utf8'))).toEqual(
      sampleDocument,
    );
    const chart = await readFile(join(folder, 'new', 'benchmarks-workloads.svg'), 'utf8');
    expect(chart).toMatch(/^<svg[\s\S]*<\/svg>$/);
    for (const name of ['bravais', 'jax-js-wasm', 'matmul512', 'barlow3_fwd']) expect(chart).toContain(name);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
