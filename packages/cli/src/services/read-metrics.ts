import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { MetricRecord } from '@bravais/trainer';

/** Lines of `metrics.jsonl` in the run's folder, or in the folder above where a checkpoint is given. */
export async function readMetrics(run: string): Promise<readonly MetricRecord[]> {
  const { decodeMetrics } = await import('@bravais/trainer');
  const folder = resolve(run);
  for (const file of [folder, dirname(folder)].map((place) => join(place, 'metrics.jsonl'))) {
    const text = await readIfThere(file);
    if (text !== undefined) return decodeMetrics(text, file);
  }
  return [];
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}
