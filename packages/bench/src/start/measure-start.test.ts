import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { StartLine } from './line';
import { measureStart } from './measure-start';

const line: StartLine = {
  adapter: 'none',
  kernels: 40,
  openSeconds: 0.5,
  firstStepSeconds: 9,
  stepSeconds: 0.05,
};

it('first without any cache, then with one of its own that is filled before, which it takes away', async () => {
  const seen: Readonly<Record<string, string>>[] = [];
  const starts = await measureStart(async (env) => {
    seen.push(env);
    if (env.MESA_SHADER_CACHE_DIR) expect(existsSync(env.MESA_SHADER_CACHE_DIR)).toBe(true);
    const firstStepSeconds = 9 / seen.length;
    return { exitCode: 0, stdout: `talk\n${JSON.stringify({ ...line, firstStepSeconds })}\n`, stderr: '' };
  });
  expect(starts.map(({ cache, firstStepSeconds }) => [cache, firstStepSeconds])).toEqual([
    ['cold', 9],
    ['warm', 3],
  ]);
  expect(seen[0]).toEqual({ MESA_SHADER_CACHE_DISABLE: 'true' });
  expect(seen[1]).toEqual(seen[2]);
  expect(existsSync(seen[1]!.MESA_SHADER_CACHE_DIR!)).toBe(false);
});

it('says what a process said that failed', async () => {
  const fails = async () => ({ exitCode: 1, stdout: '', stderr: 'no WebGPU adapter\n' });
  await expect(measureStart(fails)).rejects.toThrow('no WebGPU adapter');
});
