import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { writeExtxyz } from '@bravais/datasets';
import { perturbedCrystals } from '@bravais/datasets/reference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../report/seeded-random';
import { buildBins } from '../testing/build-bins';

const KILLS = 3;
const LONGEST_MS = 600_000;
const MODEL = join(import.meta.dirname, '../../../../models/b1-first');

let bins = '';
let folder = '';
beforeAll(async () => {
  bins = await buildBins('killed-embed');
  folder = await mkdtemp(join(tmpdir(), 'bravais-killed-embed-'));
  const frames = Array.from(perturbedCrystals(1500, 2), ({ structure }) => writeExtxyz(structure));
  await writeFile(join(folder, 'x.xyz'), frames.join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function embed(out: string): ChildProcess {
  const args = ['embed', MODEL, 'x.xyz', '--out', out, '--resume', 'auto', '--no-cache', '--quiet'];
  return spawn(process.execPath, [join(bins, 'bin.mjs'), ...args], { cwd: folder, stdio: 'ignore' });
}

async function finished(out: string): Promise<void> {
  expect(await once(embed(out), 'exit')).toEqual([0, null]);
}

const bytesOf = (file: string): Promise<number> =>
  stat(join(folder, file)).then(
    ({ size }) => size,
    () => 0,
  );

it(
  `killed ${KILLS} times and resumed, ends with the bytes of the run that was left alone`,
  async () => {
    await finished('whole.jsonl');
    const random = seededRandom(11);
    for (let kill = 0; kill < KILLS; kill++) {
      const before = await bytesOf('killed.jsonl.partial');
      const child = embed('killed.jsonl');
      const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
      // Every run makes some headway.
      while (child.exitCode === null && (await bytesOf('killed.jsonl.partial')) <= before + 200)
        await wait(1);
      await wait(60 * random());
      child.kill('SIGKILL');
      expect(await exit).toEqual([null, 'SIGKILL']);
    }
    expect(await readdir(folder)).toContain('killed.jsonl.partial');
    await finished('killed.jsonl');
    const [whole, killed] = await Promise.all(
      ['whole', 'killed'].map((name) => readFile(join(folder, `${name}.jsonl`))),
    );
    expect(killed!.toString().trimEnd().split('\n')).toHaveLength(1500);
    expect(killed!.equals(whole!)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['killed.jsonl', 'whole.jsonl', 'x.xyz']);
  },
  LONGEST_MS,
);
