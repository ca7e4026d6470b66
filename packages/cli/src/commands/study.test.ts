import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configHash, type ExperimentConfig } from '@bravais/trainer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Services } from '../services/services';
import { fakeServices, finished } from '../testing/fake-services';
import { run } from '../testing/run';
import { sampleEvaluation } from '../testing/sample-report';

const STUDY = `name: widths
experiment: some.yaml
repeats: { values: [0, 4] }
scores: [MRR]
set: [training.steps=7]
arms:
  base: { measured: false }
  wide: { set: [model.embeddingDim=64] }
  narrow: { set: [model.embeddingDim=8], startFrom: base, against: wide }
`;

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-study-'));
  file = join(folder, 'widths.yaml');
  await writeFile(file, STUDY);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Services whose evaluation says which config was trained last in the folder. */
function studied(): { services: ReturnType<typeof fakeServices>; trained: ExperimentConfig[] } {
  const trained: ExperimentConfig[] = [];
  const byFolder = new Map<string, ExperimentConfig>();
  const changes: Partial<Services> = {
    pretrain: async (options) => {
      trained.push(options.config);
      const { mkdir } = await import('node:fs/promises');
      await mkdir(options.outDir, { recursive: true });
      byFolder.set(options.outDir, options.config);
      return finished(options);
    },
    evaluate: async ({ checkpoint }) => {
      const config = byFolder.get(checkpoint)!;
      const noise = config.model.embeddingDim === 8 ? 1.5 : 0.8;
      return { ...sampleEvaluation(40, noise), seed: config.seed, configHash: await configHash(config) };
    },
  };
  return { services: fakeServices(changes), trained };
}

const out = (): string => join(folder, 'out');

describe('bravais study', () => {
  it('trains every arm for every repeat, each from the run it names, and writes the table', async () => {
    const { services, trained } = studied();
    const { exitCode, stdout } = await run(services, ['study', file, '--out', out()]);
    expect(exitCode).toBe(0);
    expect(trained.map(({ seed, model }) => [seed, model.embeddingDim])).toEqual([
      [0, 128],
      [0, 64],
      [0, 8],
      [4, 128],
      [4, 64],
      [4, 8], // biome-ignore format: pairs
    ]);
    expect(trained.map(({ training }) => training.steps)).toEqual(Array(6).fill(7));
    expect(trained[2]!.init!.checkpoint).toMatch(/out\/base\/seed-0$/);
    expect(trained[5]!.init!.checkpoint).toMatch(/out\/base\/seed-4$/);
    expect(stdout).toMatch(/narrow .* to wide/);
    const table = JSON.parse(await readFile(join(out(), 'study.json'), 'utf8'));
    expect(table.rows.map(({ name }: { name: string }) => name)).toEqual(['wide', 'narrow']);
    expect(table.rows[1].figures[0].difference.mean).toBeLessThan(0);
    expect(await readFile(join(out(), 'study.md'), 'utf8')).toContain('| narrow | 2 |');
  });

  it('takes what was measured, and trains again only what changed', async () => {
    const first = studied();
    await run(first.services, ['study', file, '--out', out()]);
    await writeFile(file, STUDY.replace('embeddingDim=8', 'embeddingDim=16'));
    const second = studied();
    const { exitCode } = await run(second.services, ['study', file, '--out', out()]);
    expect(exitCode).toBe(0);
    const measuredAgain = second.trained.filter(({ init, model }) => init || model.embeddingDim === 64);
    expect(measuredAgain.map(({ seed, model }) => [seed, model.embeddingDim])).toEqual([[0, 16], [4, 16]]); // biome-ignore format: pairs
  });

  it('runs the arms asked for with those they need', async () => {
    const { services, trained } = studied();
    await run(services, ['study', file, '--out', out(), '--arm', 'wide']);
    expect(trained.map(({ model }) => model.embeddingDim)).toEqual([64, 64]);
  });

  it.each([
    [['--arm', 'broad'], '--arm must name arms of the study, got broad. Known: base, wide, narrow.'],
    [['--split', 'train'], '--split must be val or test, got train.'],
  ])('refuses %s', async (options, message) => {
    const { exitCode, stderr } = await run(studied().services, ['study', file, '--out', out(), ...options]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it('names a study that is not there', async () => {
    const { exitCode, stderr } = await run(studied().services, ['study', join(folder, 'none.yaml')]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('none.yaml: must be a study file you may read, got ENOENT');
  });
});
