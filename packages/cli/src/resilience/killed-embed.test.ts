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
import { killRepeatedly } from '../testing/kill-repeatedly';

/** Kills of one run; `npm run test:kill` asks for twenty. */
const KILLS = Number(process.env.BRAVAIS_KILLS ?? 3);
/** Some seconds of work for each kill. */
const CRYSTALS = 500 * KILLS;
const LONGEST_MS = 600_000;
const MODEL = join(import.meta.dirname, '../../../../models/b1-first');

let bins = '';
let folder = '';
beforeAll(async () => {
  bins = await buildBins('killed-embed');
  folder = await mkdtemp(join(tmpdir(), 'bravais-killed-embed-'));
  const frames = Array.from(perturbedCrystals(CRYSTALS, 2), ({ structure }) => writeExtxyz(structure));
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

async function expectSameBytes(): Promise<void> {
  const [whole, killed] = await Promise.all(
    ['whole', 'killed'].map((name) => readFile(join(folder, `${name}.jsonl`))),
  );
  expect(killed!.toString().trimEnd().split('\n')).toHaveLength(CRYSTALS);
  expect(killed!.equals(whole!)).toBe(true);
}

it(
  `killed ${KILLS} times at random moments and resumed, ends with the bytes of the run that was left alone`,
  async () => {
    await finished('whole.jsonl');
    const random = seededRandom(11);
    let rowsLeft = 0;
    const kills = await killRepeatedly({
      start: () => embed('killed.jsonl'),
      // Every run makes some headway.
      moment: async (child) => {
        const before = await bytesOf('killed.jsonl.partial');
        while (child.exitCode === null && (await bytesOf('killed.jsonl.partial')) <= before + 200)
          await wait(1);
        await wait(60 * random());
      },
      killed: async () => {
        if ((await bytesOf('killed.jsonl.partial')) > 200) rowsLeft++;
      },
      enough: (kills) => kills >= KILLS && rowsLeft >= KILLS,
      ended: async () => {
        await expectSameBytes();
        await rm(join(folder, 'killed.jsonl'));
      },
    });
    await finished('killed.jsonl');
    await expectSameBytes();
    console.info(`killed ${kills} times, ${rowsLeft} of them with rows there: equal bytes`);
    expect((await readdir(folder)).sort()).toEqual(['killed.jsonl', 'whole.jsonl', 'x.xyz']);
  },
  LONGEST_MS,
);
