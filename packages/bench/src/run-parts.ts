import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceRoofs } from '@bravais/tensor-core';
import type { FixedCosts } from './fixed-costs/line';
import type { KernelLine } from './kernels/line';
import { type BenchOptions, checkPeers } from './options';
import { allPeers, OURS, type Peer } from './peers/peers';
import { writeInputs } from './peers/write-inputs';
import type { KernelReport, SizeReport, WorkloadReport } from './report/document';
import { runRounds } from './runner/rounds';
import { runProcess } from './runner/run-process';
import type { SizeLine } from './sizes/line';
import { measureStart, type Start } from './start/measure-start';

/** Where the programs are, and how progress is told. */
export interface BenchPlace {
  /** Folder of the built programs. */
  readonly programs: string;
  /** A Python interpreter. */
  readonly python: string;
  readonly talk: (line: string) => void;
}

/** A process that hangs must not hang the run. */
const TIMEOUT_MS = 10 * 60_000;
const SECONDS = { quick: 1, full: 8 } as const;
const TURNS = { quick: 3, full: 12 } as const;

/** Everyone on the workloads that are asked for. */
export async function runWorkloads(options: BenchOptions, place: BenchPlace): Promise<WorkloadReport> {
  const inputs = await mkdtemp(join(tmpdir(), 'bravais-bench-'));
  try {
    await writeInputs(inputs, options.only);
    const peers = chosenPeers(allPeers({ ...place, inputs }), options.peers);
    const request = [options.only, String(options.quick ? SECONDS.quick : SECONDS.full)];
    const run = ({ command }: Peer) => runProcess([...command, ...request], { timeoutMs: TIMEOUT_MS });
    const { rows, failures, versions } = await runRounds(peers, options.rounds, run, place.talk);
    const who = peers.map(({ name, language }) => ({ name, language, version: versions[name] ?? null }));
    return { rounds: options.rounds, peers: who, rows, failures };
  } finally {
    await rm(inputs, { recursive: true, force: true });
  }
}

/** The workloads that are asked for, at sizes around their own. */
export async function runSizes(options: BenchOptions, { programs, talk }: BenchPlace): Promise<SizeReport> {
  talk('other sizes');
  const turns = String(options.quick ? TURNS.quick : TURNS.full);
  const command = [process.execPath, join(programs, 'sizes.js'), options.only, turns];
  const { exitCode, stdout, stderr } = await runProcess(command, { timeoutMs: TIMEOUT_MS });
  return sizeReport(linesOf(stdout), exitCode === 0 ? null : stderr.trim().slice(-300));
}

/** The kernels that are asked for, and the roofs of the adapter. */
export async function runKernels(
  options: BenchOptions,
  { programs, talk }: BenchPlace,
): Promise<KernelReport> {
  talk('kernels and their roofs');
  const command = [
    process.execPath,
    join(programs, 'kernels.js'),
    options.only,
    options.quick ? 'quick' : '',
  ];
  const { exitCode, stdout, stderr } = await runProcess(command, { timeoutMs: TIMEOUT_MS });
  return kernelReport(linesOf(stdout), exitCode === 0 ? null : stderr.trim().slice(-300));
}

/** What a launch, a replayed launch and a round trip cost. */
export async function runFixedCosts({ programs, talk }: BenchPlace): Promise<FixedCosts> {
  talk('fixed costs');
  const command = [process.execPath, join(programs, 'fixed-costs.js')];
  const { stdout, stderr } = await runProcess(command, { timeoutMs: TIMEOUT_MS });
  const line = stdout.split('\n').find((each) => each.startsWith('{'));
  if (line === undefined)
    throw new Error(`fixed costs: expected a line of times, got: ${stderr.trim().slice(-300)}`);
  return JSON.parse(line) as FixedCosts;
}

/** The first training step, cold and warm. */
export function runStart({ programs, talk }: BenchPlace): Promise<Start[]> {
  talk('first training step, cold and warm');
  const command = [process.execPath, join(programs, 'first-steps.js')];
  return measureStart((env) => runProcess(command, { timeoutMs: TIMEOUT_MS, env }));
}

/** Sorts what the kernels' process printed; `failure` says why it ended early. */
export function kernelReport(lines: readonly KernelLine[], failure: string | null): KernelReport {
  const measured = lines.filter((line) => 'roofs' in line);
  if (!measured[0])
    throw new Error(`kernels: the process must begin with the roofs, got: ${failure ?? 'nothing'}`);
  const { adapter } = measured[0];
  const roofs = measured.map((line) => line.roofs).reduce(higherRoofs);
  const kernels = lines.filter((line) => 'ms' in line);
  const failures = lines.filter((line) => 'error' in line);
  return {
    adapter,
    roofs,
    kernels,
    failures: failure === null ? failures : [...failures, { kernel: 'process', error: failure }],
  };
}

/** Sorts what the sizes' process printed; `failure` says why it ended early. */
export function sizeReport(lines: readonly SizeLine[], failure: string | null): SizeReport {
  const adapter = lines.find((line) => 'adapter' in line)?.adapter;
  if (adapter === undefined)
    throw new Error(`sizes: the process must begin with the adapter, got: ${failure ?? 'nothing'}`);
  const failures = lines.filter((line) => 'error' in line);
  return {
    adapter,
    sizes: lines.filter((line) => 'bestMs' in line),
    failures: failure === null ? failures : [...failures, { what: 'process', error: failure }],
  };
}

/** The JSON documents among the lines; others are somebody's talk. */
function linesOf<Line>(stdout: string): Line[] {
  const documents = stdout.split('\n').filter((line) => line.startsWith('{'));
  return documents.map((line) => JSON.parse(line) as Line);
}

/** The higher of each roof. */
function higherRoofs(a: DeviceRoofs, b: DeviceRoofs): DeviceRoofs {
  const [copyA, copyB] = [a.copyGigabytesPerSecond, b.copyGigabytesPerSecond];
  return {
    gigaflopsPerSecond: Math.max(a.gigaflopsPerSecond, b.gigaflopsPerSecond),
    gigabytesPerSecond: Math.max(a.gigabytesPerSecond, b.gigabytesPerSecond),
    copyGigabytesPerSecond: {
      vec4: Math.max(copyA.vec4, copyB.vec4),
      mat4x4: Math.max(copyA.mat4x4, copyB.mat4x4),
      transfer: Math.max(copyA.transfer, copyB.transfer),
    },
  };
}

function chosenPeers(peers: readonly Peer[], names: readonly string[] | null): Peer[] {
  if (names === null) return peers.filter(({ onlyByName }) => !onlyByName);
  checkPeers(
    names,
    peers.map(({ name }) => name),
  );
  return peers.filter(({ name }) => name === OURS || names.includes(name));
}
