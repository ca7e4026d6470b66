import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Crystal,
  type CrystalGraph,
  crystalGraph,
  GraphError,
  type PotentialEdges,
  potentialEdges,
  siteFeatureCount,
} from '@bravais/graph-nn';
import { sampleIntegers, sampleUniform, testDevice } from '@bravais/tensor-core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

/** The scripts are plain modules without declarations. */
const load = (name: string): Promise<Record<string, (...args: never[]) => unknown>> =>
  import(`../training/${name}.mjs`);

const folder = mkdtempSync(join(tmpdir(), 'bravais-b2-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface LabelledGraphs {
  readonly graphs: CrystalGraph[];
  readonly targets: Float32Array;
  readonly offsets: Float32Array;
  readonly structures: Crystal[];
  readonly potentials?: PotentialEdges[];
}

const ANGLES = { channels: 2, cutoffAngstrom: 4 };

/** Rock-salt cells of random elements and sizes; the target is linear in composition, with a part of the size beside it. */
function crystals(count: number, seed: number, ofSize: number, angles = false): LabelledGraphs {
  const elements = sampleIntegers([2 * count], seed, 8);
  const sizes = sampleUniform([count], seed, 4, 6);
  const structures = Array.from(sizes, (a, row) => ({
    latticeAngstrom: [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0],
    fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
    atomicNumbers: [3 + elements[2 * row]!, 3 + elements[2 * row + 1]!],
  }));
  const graphs = structures.map((structure) =>
    crystalGraph(structure, angles ? { neighbors: 6, siteFeatures: ANGLES } : { neighbors: 6 }),
  );
  const targets = Float32Array.from(sizes, (a, row) => {
    return 0.1 * elements[2 * row]! + 0.1 * elements[2 * row + 1]! - 1 + ofSize * (a - 5);
  });
  return { graphs, structures, targets, offsets: new Float32Array(count).fill(-0.3) };
}

const SETTINGS = {
  ...{
    target: 'e_form',
    model: 'cogn',
    width: 8,
    blocks: 2,
    layers: 2,
    bins: 8,
    cutoff: 8,
    embedding: 8,
    elements: 'properties',
  },
  ...{ dropout: 0.1, init: '', epochs: 4, batch: 16, lr: 0.01, schedule: 'one-cycle', warmup: 0.2 },
  ...{ decay: 0.01, loss: 'l1', clip: 1, ema: 0.9, seed: 3 },
};

type Changes = Partial<typeof SETTINGS> & {
  basis?: string;
  siteFeatures?: number;
  potentialBins?: number;
  cpuMinutes?: number;
};

interface Training {
  readonly finished: boolean;
  readonly progress: {
    epochs: number;
    steps: number;
    cpuSeconds: number;
    best: { valMae: number; epoch: number };
  };
  refuseToOverwrite(): void;
  load(): Training['progress'];
  save(): Promise<void>;
  epoch(every: number): Promise<{ loss: number; valMae: number }>;
  loadBest(): { valMae: number; epoch: number };
  error(data: LabelledGraphs): Promise<number>;
}

describe('a training on one property', () => {
  let create: (run: string, changes?: Changes, data?: object) => Promise<Training>;
  const [train, val] = [crystals(64, 1, 0.5), crystals(20, 2, 0.5)];
  beforeAll(async () => {
    const device = await testDevice();
    const { createPropertyTraining } = await load('property-training');
    create = async (run, changes = {}, data = { train, val }) => {
      const options = { ...data, settings: { ...SETTINGS, ...changes }, run: join(folder, run) };
      return createPropertyTraining!(device as never, options as never) as Training;
    };
  });

  const epochs = async (training: Training, count: number): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for (let epoch = 0; epoch < count; epoch++) {
      const { loss, valMae } = await training.epoch(1);
      rows.push([loss, valMae]);
    }
    return rows;
  };

  it('goes on from its folder with the bits it would have had', async () => {
    const whole = await create('whole');
    const expected = await epochs(whole, 4);
    expect(whole.finished).toBe(true);
    const before = await create('parts');
    const first = await epochs(before, 2);
    await before.save();
    const after = await create('parts');
    expect(after.load()).toMatchObject({ epochs: 2 });
    expect([...first, ...(await epochs(after, 2))]).toEqual(expected);
    expect(after.progress.best).toEqual(whole.progress.best);
  });

  it('keeps the best averages, and learns', async () => {
    const training = await create('best', { epochs: 60, lr: 0.03, dropout: 0 });
    const rows = (await epochs(training, 60)) as [number, number][];
    const best = training.loadBest();
    expect(best.valMae).toBe(Math.min(...rows.map(([, valMae]) => valMae)));
    expect(await training.error(val)).toBe(best.valMae);
    expect(best.valMae).toBeLessThan(rows[0]![1] / 2);
    expect(rows.at(-1)![0]).toBeLessThan(rows[0]![0] / 4);
    const continued = await create('continued', { init: join(folder, 'best', 'best.safetensors') });
    expect(await continued.error(val)).toBe(best.valMae);
  });

  it.each(['cogn', 'cgcnn', 'potnet', 'graph-conv-3d', 'composition'])(
    'of %s learns, and has its best weights from the file',
    async (model) => {
      const withPotentials = (data: LabelledGraphs) => ({
        ...data,
        potentials: data.structures.map((structure) => potentialEdges(structure)),
      });
      const data = {
        train: withPotentials(crystals(64, 1, 0.1)),
        val: withPotentials(crystals(20, 2, 0.1)),
      };
      const changes = { model, potentialBins: 8, epochs: 30, lr: 0.03, dropout: 0 };
      const training = await create(`encoder-${model}`, changes, data);
      const rows = (await epochs(training, 30)) as [number, number][];
      expect(rows.at(-1)![0]).toBeLessThan(rows[0]![0] / 2);
      const { valMae } = training.loadBest();
      expect(valMae).toBeLessThan(rows[0]![1] / 1.5);
      expect(await training.error(data.val)).toBe(valMae);
    },
  );

  it('of potnet needs the potentials of every crystal', async () => {
    await expect(create('bare', { model: 'potnet', potentialBins: 8 })).rejects.toThrow(
      'expected structures prepared with infinite edges, got structure 0 without',
    );
  });

  it.each(['cogn', 'cgcnn'])('of %s takes Bessel functions and site features, and learns', async (model) => {
    const data = { train: crystals(64, 1, 0.5, true), val: crystals(20, 2, 0.5, true) };
    const changes = { model, basis: 'bessel', siteFeatures: siteFeatureCount(ANGLES), epochs: 20, lr: 0.03 };
    const training = await create(`angles-${model}`, { ...changes, dropout: 0 }, data);
    const rows = (await epochs(training, 20)) as [number, number][];
    expect(rows.at(-1)![0]).toBeLessThan(rows[0]![0] / 2);
    expect(training.loadBest().valMae).toBeLessThan(rows[0]![1]);
  });

  it('says what it cannot do', async () => {
    await expect(create('x', { basis: 'sine' })).rejects.toThrow('--basis must be one of gaussian, bessel,');
    await expect(create('x', { loss: 'l3' })).rejects.toThrow(
      '--loss must be one of l1, huber, mse, got "l3".',
    );
    await expect(create('x', { schedule: 'step' })).rejects.toThrow('--schedule must be one of');
    await expect(create('x', { ema: 1 })).rejects.toThrow('--ema must be below 1, got 1.');
    await expect(create('x', { model: 'gcn' })).rejects.toThrow(
      '--model must be one of cogn, cgcnn, potnet, graph-conv-3d, composition, got "gcn".',
    );
    await expect(create('x', { model: 'composition', basis: 'bessel' })).rejects.toThrow(
      'need one of cgcnn, cogn, got --model composition.',
    );
    await expect(create('x', { width: 6 })).rejects.toThrow('--model cogn: width cannot be 6:');
    const training = await create('named');
    await training.save();
    expect(() => training.refuseToOverwrite()).toThrow('holds a training already');
    const other = await create('named', { lr: 0.02 });
    expect(() => other.load()).toThrow('must be of a run with --lr 0.02, got 0.01.');
  });

  describe('with a budget of CPU time', () => {
    afterEach(() => {
      vi.restoreAllMocks();
    });

    it('ends within an epoch, and goes on with what is left of it', async () => {
      let now = 0;
      vi.spyOn(process, 'cpuUsage').mockImplementation(() => {
        now += 100_000;
        return { user: now, system: 0 };
      });
      // The schedule and the end look at the clock at every step: about ten steps of 0.2 s, four to the epoch.
      const changes = { cpuMinutes: 2 / 60 };
      const training = await create('budget', changes);
      await training.epoch(1);
      expect(training.progress).toMatchObject({ epochs: 1, steps: 4 });
      await training.save();
      const after = await create('budget', changes);
      expect(after.load()).toEqual(training.progress);
      const rows: number[] = [];
      while (!after.finished) rows.push((await after.epoch(100)).valMae);
      const { steps, cpuSeconds, epochs: begun } = after.progress;
      expect(begun).toBe(3);
      expect(steps).toBeGreaterThan(8);
      expect(steps).toBeLessThan(12);
      expect(cpuSeconds).toBeGreaterThan(2);
      expect(cpuSeconds).toBeLessThan(2.5);
      expect(rows).toEqual([undefined, after.progress.best.valMae]);
    });
  });

  it.each(['l1', 'huber', 'mse'])('%s is the mean of its values in float64', async (name) => {
    const { LOSSES } = (await load('training-step')) as unknown as {
      LOSSES: Record<string, (y: unknown, t: unknown) => { item(): Promise<number> }>;
    };
    const { tensor, scoped } = await import('@bravais/tensor-core');
    const device = await testDevice();
    const [y, t] = [sampleUniform([97], 1, -0.3, 0.3), sampleUniform([97], 2, -0.3, 0.3)];
    const each = { l1: Math.abs, mse: (r: number) => r * r, huber: huberOf }[name]!;
    const expected = y.reduce((sum, value, i) => sum + each(value - t[i]!), 0) / y.length;
    const loss = scoped(device, () => LOSSES[name]!(tensor(device, y), tensor(device, t)) as never) as {
      item(): Promise<number>;
    };
    expect(await loss.item()).toBeCloseTo(expected, 6);
  });
});

/** Square within 0.1, then a straight line of slope 1. */
function huberOf(residual: number): number {
  const size = Math.abs(residual);
  return size < 0.1 ? (size * size) / 0.2 : size - 0.05;
}

it('crystals without a graph are left out with their targets, and only where an atom has no neighbour', async () => {
  const { labelled } = await load('property-data');
  const { graphs, targets } = crystals(9, 5, 1);
  const records = Array.from(targets, (gap) => ({ scalars: { gap } }));
  const isolated = new GraphError('ISOLATED_SITE', 'alone');
  const left = labelled!(
    ...([records, graphs.with(4, isolated as never), 'gap'] as never[]),
  ) as LabelledGraphs;
  expect(left.graphs).toEqual(graphs.toSpliced(4, 1));
  expect([...left.targets]).toEqual([...targets].toSpliced(4, 1));
  const overlapping = new GraphError('OVERLAPPING_SITES', 'twice');
  expect(() => labelled!(...([records, graphs.with(4, overlapping as never), 'gap'] as never[]))).toThrow(
    'twice',
  );
});

it('the line in composition is found again', async () => {
  const { fitCompositionBaseline } = await load('composition-baseline');
  const { graphs, targets } = crystals(200, 6, 0);
  const predict = fitCompositionBaseline!({ graphs, targets } as never) as (
    of: CrystalGraph[],
  ) => Float32Array;
  predict(graphs).forEach((value, row) => {
    expect(value).toBeCloseTo(targets[row]!, 4);
  });
});
