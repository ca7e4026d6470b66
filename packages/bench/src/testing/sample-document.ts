import type { BenchDocument } from '../report/document';
import type { Row } from '../runner/standings';

function row(work: Row['work'], peer: string, ms: number, check: number): Row {
  return { work, peer, ms, check, adapter: peer === 'bravais' ? 'llvmpipe' : 'WebAssembly' };
}

/** A run of round numbers: one peer fails, one has a wrong result, one is not there. */
export const sampleDocument: BenchDocument = {
  command: 'npm run bench -- --out docs',
  date: '2026-11-23',
  machine: { cpu: 'Test CPU', cores: 2, memoryGib: 8, system: 'Linux 6', node: 'v20.20.2' },
  workloads: {
    rounds: 3,
    peers: [
      { name: 'bravais', language: 'ours', version: '0.0.0' },
      { name: 'jax-js-wasm', language: 'TypeScript', version: '0.1.25' },
      { name: 'tfjs-wasm', language: 'TypeScript', version: '4.22.0' },
      { name: 'pytorch', language: 'Python', version: null },
    ],
    rows: [
      row('matmul512', 'bravais', 4, 3.49),
      row('matmul512', 'jax-js-wasm', 8, 3.49),
      row('matmul512', 'tfjs-wasm', 9.5, 3.49),
      row('cgcnn_fwdbwd', 'bravais', 30, 30.76),
      row('cgcnn_fwdbwd', 'jax-js-wasm', 300, 30.76),
      row('barlow3_fwd', 'bravais', 3, 69.2),
      row('barlow3_fwd', 'jax-js-wasm', 1, 70),
      row('barlow3_fwd', 'tfjs-wasm', 12, 69.2),
    ],
    failures: [
      { peer: 'tfjs-wasm', work: 'cgcnn_fwdbwd', error: "Kernel 'UnsortedSegmentSum' not registered" },
    ],
  },
  sizes: {
    adapter: 'llvmpipe',
    sizes: [
      {
        work: 'matmul512',
        size: '512 × 512 × 512',
        reference: true,
        operations: 2e8,
        bestMs: 4,
        medianMs: 5,
      },
      {
        work: 'matmul512',
        size: '257 × 257 × 257',
        reference: false,
        operations: 4e7,
        bestMs: 2,
        medianMs: 2.5,
      },
      { work: 'mlp_step', size: '9 × 7', reference: false, operations: 2e6, bestMs: 1, medianMs: 1 },
    ],
    failures: [{ what: 'mlp_step, 4,096 × 128', error: 'no kernel' }],
  },
  kernels: {
    adapter: 'llvmpipe',
    roofs: {
      gigaflopsPerSecond: 100,
      gigabytesPerSecond: 10,
      copyGigabytesPerSecond: { vec4: 5, mat4x4: 10, transfer: 20 },
    },
    kernels: [
      { kernel: 'matmul', ms: 4, flops: 2e8, bytes: 1e6 },
      { kernel: 'gather', ms: 4, flops: 0, bytes: 3e7 },
    ],
    failures: [],
  },
  fixedCosts: {
    adapter: 'llvmpipe',
    launchMicroseconds: 30,
    replayedLaunchMicroseconds: 20,
    roundTripMicroseconds: 60,
    readMicroseconds: 90,
  },
  start: [
    {
      cache: 'cold',
      adapter: 'llvmpipe',
      kernels: 46,
      openSeconds: 0.6,
      firstStepSeconds: 11,
      stepSeconds: 0.05,
    },
    {
      cache: 'warm',
      adapter: 'llvmpipe',
      kernels: 46,
      openSeconds: 0.6,
      firstStepSeconds: 0.4,
      stepSeconds: 0.05,
    },
  ],
};
