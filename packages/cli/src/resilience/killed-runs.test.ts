import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../report/seeded-random';
import { buildBins } from '../testing/build-bins';
import { killRepeatedly } from '../testing/kill-repeatedly';

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

/** Tells one half-written checkpoint from another; `undefined` where there is none. */
async function halfWritten(): Promise<string | undefined> {
  return stat(join(folder, 'killed', '.last.partial')).then(
    ({ ino, birthtimeMs }) => `${ino} ${birthtimeMs}`,
    () => undefined,
  );
}

const FILES = [
  'last/model.safetensors',
  'last/optimizer.safetensors',
  'best/model.safetensors',
  'metrics.jsonl',
];

async function expectSameBytes(): Promise<void> {
  for (const file of FILES) {
    const [whole, killed] = await Promise.all(
      ['whole', 'killed'].map((out) => readFile(join(folder, out, file))),
    );
    expect(killed!.equals(whole!), file).toBe(true);
  }
}

it(
  `killed ${KILLS} times at random moments and resumed, ends with the bytes of the run that was left alone`,
  async () => {
    await finished('whole');
    const random = seededRandom(7);
    const leastMidWrite = Math.ceil(KILLS / 3);
    let midWrite = 0;
    // What the process killed before has left does not count again.
    let left: string | undefined;
    const isNew = (found: string | undefined): boolean => found !== undefined && found !== left;
    const kills = await killRepeatedly({
      start: () => pretrain('killed'),
      // Every run makes some headway; every other kill is aimed at the writing of a checkpoint.
      moment: async (child, k) => {
        while (child.exitCode === null && !isNew(await halfWritten())) await wait(1);
        await wait(k % 2 === 0 ? 10 + 300 * random() : 4 * random());
      },
      killed: async () => {
        const found = await halfWritten();
        if (isNew(found)) midWrite++;
        left = found;
      },
      enough: (kills) => kills >= KILLS && midWrite >= leastMidWrite,
      ended: async () => {
        await expectSameBytes();
        await rm(join(folder, 'killed'), { recursive: true });
        left = undefined;
      },
    });
    await finished('killed');
    await expectSameBytes();
    console.info(`killed ${kills} times, ${midWrite} of them while a checkpoint was written: equal bytes`);
    expect(kills).toBeGreaterThanOrEqual(KILLS);
    expect(midWrite).toBeGreaterThanOrEqual(leastMidWrite);
  },
  LONGEST_MS,
);
