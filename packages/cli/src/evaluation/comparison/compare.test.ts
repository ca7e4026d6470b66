import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairedDifference } from '@bravais/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices } from '../../testing/fake-services';
import { run } from '../../testing/run';
import { sampleEvaluation } from '../../testing/sample-report';
import { directionScores } from '../direction-scores';
import { type EvaluationDocument, evaluationDocument } from '../evaluation-document';
import { decodeRanks, encodeRanks } from '../rank-text';
import { compareSides } from './compare-sides';
import { readSide } from './read-side';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-compare-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function documentOf(noise: number, seed: number, materials = 60): EvaluationDocument {
  const evaluation = { ...sampleEvaluation(materials, noise), seed };
  return evaluationDocument(evaluation, directionScores(evaluation.pairs, 0), 'reference');
}

async function written(name: string, document: EvaluationDocument): Promise<string> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'evaluation.json'), JSON.stringify(document));
  return join(folder, name);
}

const seedsOf = async (side: string, noises: readonly number[], first = 0): Promise<string> => {
  for (const [at, noise] of noises.entries())
    await written(join(side, `seed-${first + at}`), documentOf(noise, first + at));
  return join(folder, side);
};

const compared = async (a: string, b: string) => compareSides(await readSide(a), await readSide(b), 0);

describe('compareSides', () => {
  it('pairs seeds: Student intervals of the differences, each with its number of seeds', async () => {
    const [a, b] = [await seedsOf('a', [1.2, 1.5, 1.8]), await seedsOf('b', [0.9, 1.1, 1.6])];
    const { metrics, seeds } = await compared(a, b);
    expect(seeds).toEqual([[0, 0], [1, 1], [2, 2]]); // biome-ignore format: pairs
    expect(metrics).toHaveLength(14);
    const mrr = metrics.find(({ name }) => name === 'MRR')!;
    const values = (noises: readonly number[]) =>
      noises.map((noise) => documentOf(noise, 0).directions[0]!.scores.MRR!.value);
    const { mean, low, high } = pairedDifference(values([1.2, 1.5, 1.8]), values([0.9, 1.1, 1.6]));
    expect(mrr).toMatchObject({ over: 'seeds', seeds: 3, interval: [low, high] });
    expect(mrr.difference).toBeCloseTo(mean, 12);
    expect(mrr.difference).toBeGreaterThan(0);
  });

  it('takes only the seeds that both have', async () => {
    const [a, b] = [await seedsOf('a', [1.2, 1.5, 1.8]), await seedsOf('b', [0.9, 1.1, 1.6], 1)];
    const { seeds } = await compared(a, b);
    expect(seeds).toEqual([[1, 1], [2, 2]]); // biome-ignore format: pairs
  });

  it('of one seed draws queries: an interval that holds the difference, none for a median', async () => {
    const [a, b] = [await written('a', documentOf(2, 0)), await written('b', documentOf(0.8, 4))];
    const { metrics, seeds } = await compared(a, b);
    expect(seeds).toEqual([[0, 4]]);
    for (const { name, difference, interval, over } of metrics) {
      expect([name, over]).toEqual([name, name === 'median rank' ? null : 'queries']);
      if (!interval) continue;
      expect(interval[0]).toBeLessThanOrEqual(difference);
      expect(interval[1]).toBeGreaterThanOrEqual(difference);
    }
    expect(metrics.find(({ name }) => name === 'MRR')!.interval![0]).toBeGreaterThan(0);
  });

  it('with itself differs by nothing, for certain', async () => {
    const a = await written('a', documentOf(1, 0));
    for (const { difference, interval } of (await compared(a, a)).metrics) {
      expect(difference).toBe(0);
      if (interval) expect(interval).toEqual([0, 0]);
    }
  });

  it.each([
    ['POOL', 'other materials', () => documentOf(1, 0, 50)],
    ['POOL', 'the val split', () => ({ ...documentOf(1, 0), split: 'val' })],
    ['EVALUATION', 'without seed, split and pool', () => ({}) as EvaluationDocument],
    ['EVALUATION', 'ranks of 60 queries', () => damagedRanks()],
  ])('refuses with %s: %s', async (code, said, other) => {
    const [a, b] = [await written('a', documentOf(1, 0)), await written('b', other())];
    const failure = compared(a, b);
    await expect(failure).rejects.toMatchObject({ name: 'CompareError', code });
    await expect(failure).rejects.toThrow(said);
  });

  it('refuses seeds that are not shared, a seed twice, and a folder without an evaluation', async () => {
    const [a, b] = [await seedsOf('a', [1, 1]), await seedsOf('b', [1, 1], 5)];
    await expect(compared(a, b)).rejects.toMatchObject({ code: 'SEEDS' });
    await written('a/again', documentOf(1, 0));
    await expect(readSide(a)).rejects.toMatchObject({ code: 'SEEDS' });
    await expect(readSide(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'EVALUATION' });
  });
});

function damagedRanks(): EvaluationDocument {
  const document = documentOf(1, 0);
  return { ...document, directions: document.directions.map((each) => ({ ...each, ranks: '0 1 x' })) };
}

describe('ranks as text', () => {
  it('come back as they were, ties too', () => {
    const ranks = { count: 3, above: Uint32Array.of(0, 2, 1), tied: Uint32Array.of(2, 0, 1) };
    expect(decodeRanks(encodeRanks(ranks))).toEqual(ranks);
    for (const bad of ['x', '1', '0  0', '-1 0', '0+1']) expect(decodeRanks(bad)).toBeNull();
  });
});

describe('bravais compare', () => {
  it('prints each side against the first within 100 columns, and one document with --json', async () => {
    const [a, b] = [await seedsOf('a', [1.2, 1.5]), await seedsOf('b', [0.9, 1.1])];
    const { exitCode, stdout } = await run(fakeServices(), ['compare', a, b, a]);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^B: /gm)).toHaveLength(2);
    expect(stdout).toContain('test split, 2 seeds of each (0, 1)');
    const tables = stdout.split('\n').filter((line) => /[│┌]/.test(line));
    expect(Math.max(...tables.map((line) => line.length))).toBeLessThanOrEqual(100);
    const json = await run(fakeServices(), ['compare', a, b, '--json']);
    const { comparisons } = JSON.parse(json.stdout) as { comparisons: { metrics: unknown[] }[] };
    expect(comparisons.map(({ metrics }) => metrics.length)).toEqual([14]);
    expect((await run(fakeServices(), ['compare', a])).exitCode).toBe(2);
  });
});
