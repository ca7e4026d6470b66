import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../report/seeded-random';
import { buildBins } from '../testing/build-bins';

/** Kills of one run; `npm run test:kill` asks for twenty. */
const KILLS = Number(process.env.BRAVAIS_KILLS ?? 3);
const LONGEST_MS = 600_000;

const experiment = `name: killed
data: { source: reference, limit: 48 }
graph: { neighbors: 6 }
model:
  embeddingDim: 16
  structure: { kind: cgcnn, width: 16, convolutions: 1, distanceBins: 8, dropout: 0.1 }
  views: { phononDos: { kind: mlp, width: 16, layers: 1, dropout: 0.1 } }
loss: { kind: all-pairs-clip }
optim: { learningRate: 0.002, schedule: { kind: warmup-cosine } }
training: { steps: ${40 * KILLS}, batchSize: 16, checkpointEvery: 4, evaluateEvery: 12, logEvery: 1, ema: 0.9, keep: 2 }
`;

let bins = '';
let folder = '';
beforeAll(async () => {
  bins = await buildBins('killed-runs');
  folder = await mkdtemp(join(tmpdir(), 'bravais-killed-'));
  await writeFile(join(folder, 'killed.yaml'), experiment);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function pretrain(out: string): ChildProcess {
  const args = [join(bins, 'bin.mjs'), 'pretrain', 'killed.yaml', '--out', out, '--resume', 'auto', '--json'];
  return spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
}

async function finished(out: string): Promise<void> {
  const [code] = (await once(pretrain(out), 'exit')) as [number | null];
  expect(code).toBe(0);
}

/** Waits until a checkpoint is half written; `false` where the process ends first. */
async function writing(child: ChildProcess, out: string): Promise<boolean> {
  while (child.exitCode === null) {
    if (existsSync(join(folder, out, '.last.partial'))) return true;
    await wait(1);
  }
  return false;
}

const FILES = [
  'last/model.safetensors',
  'last/optimizer.safetensors',
  'best/model.safetensors',
  'metrics.jsonl',
];

it(
  `killed ${KILLS} times at random moments and resumed, ends with the bytes of the run that was left alone`,
  async () => {
    await finished('whole');
    const random = seededRandom(7);
    let midWrite = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const child = pretrain('killed');
      const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
      // Every run makes some headway; every other kill hits the writing of a checkpoint.
      expect(await writing(child, 'killed')).toBe(true);
      await wait(kill % 2 === 0 ? 10 + 300 * random() : 6 * random());
      if (existsSync(join(folder, 'killed', '.last.partial'))) midWrite++;
      child.kill('SIGKILL');
      expect(await exit).toEqual([null, 'SIGKILL']);
    }
    await finished('killed');
    for (const file of FILES) {
      const [whole, killed] = await Promise.all(
        ['whole', 'killed'].map((out) => readFile(join(folder, out, file))),
      );
      expect(killed!.equals(whole!), file).toBe(true);
    }
    console.info(`killed ${KILLS} times, ${midWrite} of them while a checkpoint was written: equal bytes`);
    expect(midWrite).toBeGreaterThan(0);
  },
  LONGEST_MS,
);
