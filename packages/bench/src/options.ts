import { parseArgs } from 'node:util';

/** A part of the benchmark. */
export type Part = 'workloads' | 'sizes' | 'kernels' | 'launches' | 'start';

/** What the command line asks for. */
export interface BenchOptions {
  /** Parts of names of workloads and kernels, separated by commas; empty for all. */
  readonly only: string;
  readonly rounds: number;
  /** Names of peers beside our own entry; `null` for all. */
  readonly peers: readonly string[] | null;
  readonly parts: readonly Part[];
  readonly out: string;
  readonly quick: boolean;
  readonly help: boolean;
}

/** The command line is wrong; the message says how. */
export class BenchUsageError extends Error {
  override readonly name: string = 'BenchUsageError';
  readonly code: string = 'USAGE';
}

const PARTS: readonly Part[] = ['workloads', 'sizes', 'kernels', 'launches', 'start'];

export const HELP = `npm run bench -- [options]

  --only <parts>    workloads and kernels whose name contains one of these, separated by commas
  --rounds <n>      rounds of processes, 1 to 100 (default 3, with --quick 1)
  --peers <names>   jax-js-wasm, jax-js-webgpu, tfjs-wasm, tfjs-webgpu, pytorch, or none (default: all of
                    these); pytorch-cuda where PyTorch has a GPU
  --parts <names>   workloads, sizes: the same at other sizes, kernels, launches: what one costs, start: the
                    first training step, cold and warm (default: all)
  --out <dir>       folder for benchmarks.json, benchmarks.md and its charts (default runs/bench)
  --quick           fewer and shorter runs, for a first look
  --help

PyTorch runs where the Python that PYTHON names (default python3) has torch.`;

/**
 * Reads the command line.
 *
 * @throws {BenchUsageError}
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parsed(args);
  const quick = values.quick ?? false;
  return {
    only: values.only ?? '',
    rounds: count('--rounds', values.rounds ?? (quick ? '1' : '3')),
    peers: values.peers === undefined ? null : list(values.peers).filter((name) => name !== 'none'),
    parts: parts(values.parts),
    out: values.out ?? 'runs/bench',
    quick,
    help: values.help ?? false,
  };
}

/** Refuses names of peers that do not exist. */
export function checkPeers(wanted: readonly string[], known: readonly string[]): void {
  const strange = wanted.filter((name) => !known.includes(name));
  if (strange.length > 0) {
    throw new BenchUsageError(`--peers: expected some of ${known.join(', ')}, got ${strange.join(', ')}.`);
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        rounds: { type: 'string' },
        peers: { type: 'string' },
        parts: { type: 'string' },
        out: { type: 'string' },
        quick: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new BenchUsageError(`${(cause as Error).message}\n\n${HELP}`, { cause });
  }
}

function count(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 100) return value;
  throw new BenchUsageError(`${option}: expected an integer from 1 to 100, got "${text}".`);
}

function parts(text: string | undefined): readonly Part[] {
  if (text === undefined) return PARTS;
  const names = list(text);
  const strange = names.filter((name) => !PARTS.includes(name as Part));
  if (strange.length > 0 || names.length === 0) {
    throw new BenchUsageError(`--parts: expected some of ${PARTS.join(', ')}, got "${text}".`);
  }
  return PARTS.filter((part) => names.includes(part));
}

function list(text: string): string[] {
  return text.split(',').filter((name) => name !== '');
}
