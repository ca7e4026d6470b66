import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerOutput } from '../runner/standings';
import type { StartLine } from './line';

/** The first step of training in a new process. */
export interface Start extends StartLine {
  /** `cold`: nothing compiled before; `warm`: all kernels in the driver's cache on disk. */
  readonly cache: 'cold' | 'warm';
}

/** Starts a process that prints a {@link StartLine}. */
export type RunStart = (env: Readonly<Record<string, string>>) => Promise<PeerOutput>;

/**
 * Times the first training step with Mesa's shader cache off, then with a cache of its own that a process before has
 * filled. Drivers other than Mesa's keep caches that these variables do not reach: both starts are then as warm as they are.
 *
 * @throws {Error} with the last thing that a process said which failed
 */
export async function measureStart(run: RunStart): Promise<Start[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bravais-shaders-'));
  try {
    const cold = await started(run, { MESA_SHADER_CACHE_DISABLE: 'true' });
    const cache = { MESA_SHADER_CACHE_DISABLE: 'false', MESA_SHADER_CACHE_DIR: folder };
    await started(run, cache);
    const warm = await started(run, cache);
    return [
      { cache: 'cold', ...cold },
      { cache: 'warm', ...warm },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function started(run: RunStart, env: Readonly<Record<string, string>>): Promise<StartLine> {
  const { exitCode, stdout, stderr } = await run(env);
  const line = stdout.split('\n').find((each) => each.startsWith('{'));
  if (exitCode !== 0 || line === undefined) {
    throw new Error(
      `start: the first steps must end with a line of results, got: ${stderr.trim().slice(-300)}`,
    );
  }
  return JSON.parse(line) as StartLine;
}
