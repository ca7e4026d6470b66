import { createStructure } from '@bravais/datasets';
import { referenceSet } from '@bravais/datasets/reference';
import { potentialEdges } from '@bravais/graph-nn';
import type { Device } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Checkpoint,
  type CheckpointContents,
  decodeCheckpoint,
  encodeCheckpoint,
} from '../../checkpoint';
import { type ExperimentConfig, resolveConfig } from '../../config';
import { embedMaterials } from '../../training/embed-materials';
import type { TrainingEvent } from '../../training/events';
import { restoreModel, train } from '../../training/train';
import { createModel } from '../alignment-model';
import { prepareMaterials, prepareStructure } from '../prepare';
import { structureEncoder } from '../structure-encoder';
import { describeStructureEncoder } from '.';
import { TINY_ENCODERS, tinyConfig } from './testing/tiny-encoders';

const small = referenceSet().filter(({ structure }) => structure.atomicNumbers.length <= 4);
const some = (split: string, count: number) => small.filter((each) => each.split === split).slice(0, count);
const records = [...some('train', 24), ...some('val', 6)];

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

async function trained(
  config: ExperimentConfig,
): Promise<{ events: TrainingEvent[]; checkpoint: Checkpoint }> {
  const events: TrainingEvent[] = [];
  let last: CheckpointContents | undefined;
  await train({
    device,
    config,
    materials: prepareMaterials(records, config),
    resume: null,
    signal: new AbortController().signal,
    sink: {
      metric: () => undefined,
      timing: () => undefined,
      checkpoint: async (name, contents) => {
        if (name === 'last') last = contents;
      },
      event: (event) => {
        events.push(event);
      },
    },
  });
  return { events, checkpoint: await decodeCheckpoint(await encodeCheckpoint(last!)) };
}

const lossesOf = (events: readonly TrainingEvent[]): number[] =>
  events.flatMap((event) => (event.kind === 'step' ? [event.loss] : []));

describe.each(TINY_ENCODERS)('$kind', (tiny) => {
  it('trains from recordings, and embeds from its checkpoint what evaluation embeds', async () => {
    const config = tinyConfig(tiny);
    const { events, checkpoint } = await trained(config);
    expect(events.filter(({ kind }) => kind === 'uncaptured')).toEqual([]);
    expect(new Set(lossesOf(events)).size).toBe(4);
    expect(checkpoint.config).toEqual(config);
    const model = restoreModel(device, checkpoint);
    const encoder = structureEncoder(model);
    const prepared = some('test', 5).map(({ structure }) => encoder.prepare(structure));
    const rows = await encoder.embed(prepared);
    expect(rows.every(Number.isFinite)).toBe(true);
    const [structures] = await embedMaterials(model, prepareMaterials(some('test', 5), config));
    const close = (values: Float32Array) => Array.from(values, (value) => expect.closeTo(value, 5));
    expect(Array.from(rows)).toEqual(close(structures!.rows));
    expect(Array.from(await encoder.embed(prepared.slice(2, 3)))).toEqual(close(rows.slice(16, 24)));
    const untrained = structureEncoder(createModel(device, config, model.preprocessing));
    expect(await untrained.embed(prepared)).not.toEqual(rows);
  });

  it('has the same losses with activations checkpointed', async () => {
    const losses = async (activationCheckpointing: boolean) =>
      lossesOf((await trained(tinyConfig(tiny, { steps: 2, activationCheckpointing }))).events);
    expect(await losses(true)).toEqual(await losses(false));
  });

  it('says what it is', () => {
    const { structure } = tinyConfig(tiny).model;
    expect(describeStructureEncoder(structure!)).toMatch(
      new RegExp(`^${tiny.kind}, width 8, 2 (convolutions|blocks|layers)$`),
    );
  });
});

describe.each(['cgcnn', 'cogn', 'graph-conv-3d'])('pooling of %s', (kind) => {
  it('is the mean where nothing is said; the sum grows with the cell; attention has a parameter', async () => {
    const tiny = TINY_ENCODERS.find((each) => each.kind === kind)!;
    const rows: Record<string, Float32Array> = {};
    const sizes: Record<string, number> = {};
    for (const pooling of [undefined, 'mean', 'sum', 'attention']) {
      const plain = kind === 'cgcnn' ? { descriptors: false } : {};
      const config = tinyConfig({ ...tiny, ...plain, ...(pooling ? { pooling } : {}) });
      const model = createModel(device, config, {});
      const encoder = structureEncoder(model);
      rows[`${pooling}`] = await encoder.embed([encoder.prepare(small[0]!.structure)]);
      sizes[`${pooling}`] = model.parameters.entries.reduce((sum, { size }) => sum + size, 0);
    }
    expect(rows.mean).toEqual(rows.undefined);
    expect(rows.sum).not.toEqual(rows.mean);
    expect(sizes.sum).toBe(sizes.mean);
    expect(sizes.attention).toBe(sizes.mean! + 8);
  });
});

describe.each(['cgcnn', 'cogn'] as const)('%s with Bessel functions and site features', (kind) => {
  const { graph, ...tiny } = tinyConfig({
    ...TINY_ENCODERS.find((each) => each.kind === kind)!,
    basis: 'bessel',
  });
  const config: ExperimentConfig = { ...tiny, graph: { ...graph, siteFeatures: { channels: 4 } } };

  it('is trained, kept and read back to the bit', async () => {
    const { events, checkpoint } = await trained(config);
    expect(lossesOf(events).every(Number.isFinite)).toBe(true);
    expect(checkpoint.model.get('structure.siteFeatures.weight')!.shape).toEqual([8, 12]);
    const materials = prepareMaterials(records.slice(0, 4), config);
    expect(materials[0]!.structure!.graph.siteFeatures).toHaveLength(
      12 * records[0]!.structure.atomicNumbers.length,
    );
    const [first, second] = await Promise.all(
      [1, 2].map(async () => (await embedMaterials(restoreModel(device, checkpoint), materials))[0]!.rows),
    );
    expect(first).toEqual(second);
  });

  it('gives other embeddings than either alone', async () => {
    const materials = records.slice(0, 2);
    const rows = await Promise.all(
      [config, { ...config, graph }, tinyConfig(TINY_ENCODERS.find((each) => each.kind === kind)!)].map(
        async (own) => {
          const encoder = structureEncoder(createModel(device, own, {}));
          return encoder.embed(materials.map(({ structure }) => encoder.prepare(structure)));
        },
      ),
    );
    expect(rows[0]).not.toEqual(rows[1]);
    expect(rows[1]).not.toEqual(rows[2]);
  });
});

it('site features beside an encoder that does not take them are a fault of the config', () => {
  const { graph, ...rest } = tinyConfig(TINY_ENCODERS.find(({ kind }) => kind === 'potnet')!);
  expect(() => resolveConfig({ ...rest, graph: { ...graph, siteFeatures: {} } })).toThrow(
    'graph.siteFeatures must be left out, or beside an encoder that takes it, cgcnn or cogn',
  );
});

it('composition takes crystals without a search for neighbours, lonely atoms too', async () => {
  const config = tinyConfig(TINY_ENCODERS.find(({ kind }) => kind === 'composition')!);
  const lonely = createStructure({
    latticeAngstrom: [30, 0, 0, 0, 30, 0, 0, 0, 30],
    fracCoords: [0, 0, 0],
    atomicNumbers: ['Ar'],
  });
  const encoder = structureEncoder(createModel(device, config, {}));
  const prepared = encoder.prepare(lonely);
  expect(prepared.graph.edgeSource).toHaveLength(0);
  expect((await encoder.embed([prepared])).every(Number.isFinite)).toBe(true);
});

describe('potnet', () => {
  const config = tinyConfig(TINY_ENCODERS.find(({ kind }) => kind === 'potnet')!);
  const alloy = createStructure({
    latticeAngstrom: [3, 0, 0, 0, 3, 0, 0, 0, 3],
    fracCoords: [0, 0, 0],
    species: [[{ element: 'Fe', occupancy: 0.5 }, { element: 'Ni', occupancy: 0.5 }]], // biome-ignore format: a site
  });

  it('takes the sums of the mean crystal where sites are shared', async () => {
    const prepared = prepareStructure(alloy, config);
    expect(prepared.potentials).toEqual(potentialEdges(alloy));
    const encoder = structureEncoder(createModel(device, config, {}));
    const iron = prepareStructure({ ...alloy, occupations: null }, config);
    const rows = await encoder.embed([iron, prepared]);
    expect(rows.every(Number.isFinite)).toBe(true);
    expect(rows.slice(0, rows.length / 2)).not.toEqual(rows.slice(rows.length / 2));
  });

  it('refuses structures that were prepared for another encoder', async () => {
    const prepared = prepareStructure(records[0]!.structure, tinyConfig(TINY_ENCODERS[0]!));
    const embedding = structureEncoder(createModel(device, config, {})).embed([prepared]);
    await expect(embedding).rejects.toMatchObject({ name: 'GraphError', code: 'INVALID_OPTION' });
  });
});
