import { type Device, scoped } from '@bravais/tensor-core';
import { testDevice } from '@bravais/tensor-core/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { arbitraryCrystal, prototypes } from '../graph/testing';
import { siteFeatureCount, siteFeatures } from '../site-features/site-features';
import { crystalGraph } from './crystal-graph';
import { batchGraphs } from './graph-batch';
import { graphArrays, uploadGraphs } from './graph-tensors';
import { bucketOf, padBatch } from './pad-batch';

const ANGLES = { channels: 2, cutoffAngstrom: 3 };
const WIDTH = siteFeatureCount(ANGLES);
const OPTIONS = { neighbors: 4, cutoffAngstrom: 30 };

let device: Device;
beforeAll(async () => {
  device = await testDevice();
});

describe('site features', () => {
  test.prop([fc.array(arbitraryCrystal(3), { minLength: 1, maxLength: 4 }), fc.nat(9)], { numRuns: 30 })(
    'of a batch are those of its crystals, then zeros for padding',
    async (crystals, more) => {
      const graphs = crystals.map((crystal) => crystalGraph(crystal, { ...OPTIONS, siteFeatures: ANGLES }));
      const own = crystals.flatMap((crystal) => Array.from(siteFeatures(crystal, ANGLES)));
      expect(graphs.flatMap((graph) => Array.from(graph.siteFeatures!))).toEqual(own);
      const batch = batchGraphs(graphs);
      expect(Array.from(batch.siteFeatures!)).toEqual(own);
      const { nodes, edges } = bucketOf(batch);
      const padded = padBatch(batch, { nodes: nodes + more, edges });
      const expected = [...own, ...new Array((nodes + more - batch.nodeCount) * WIDTH).fill(0)];
      expect(Array.from(padded.siteFeatures!)).toEqual(expected);
      expect(graphArrays(padded).siteFeatures).toBe(padded.siteFeatures);
      const { siteFeatures: uploaded, ...others } = scoped(device, () => uploadGraphs(device, padded));
      expect(Array.from(await uploaded!.read())).toEqual(expected);
      for (const tensor of [uploaded!, ...Object.values(others)]) if ('dispose' in tensor) tensor.dispose();
      for (const tensor of Object.values(others.kinds)) tensor.dispose();
    },
  );

  it('leave the rest of a graph as it is, and are absent unless asked for', () => {
    const plain = crystalGraph(prototypes.zinc);
    const { siteFeatures: found, ...rest } = crystalGraph(prototypes.zinc, { siteFeatures: {} });
    expect(rest).toEqual(plain);
    expect(found).toEqual(siteFeatures(prototypes.zinc));
    for (const value of [plain, batchGraphs([plain]), graphArrays(batchGraphs([plain]))]) {
      expect(value).not.toHaveProperty('siteFeatures');
    }
    expect(structuredClone({ ...rest, siteFeatures: found })).toEqual({ ...rest, siteFeatures: found });
  });

  it('are the same for all graphs of a batch, or refused', () => {
    const graph = (channels: number) =>
      crystalGraph(prototypes.zinc, channels > 0 ? { siteFeatures: { channels } } : {});
    for (const pair of [
      [2, 3],
      [0, 2],
      [2, 0],
    ]) {
      expect(() => batchGraphs(pair.map(graph)), `${pair}`).toThrow(
        expect.objectContaining({ code: 'LENGTH_MISMATCH' }),
      );
    }
    expect(() => batchGraphs([graph(2), graph(3)])).toThrow('a whole number, got 6 and 9 at graph 1.');
    const damaged = { ...graph(2), siteFeatures: new Float32Array(13) };
    expect(() => batchGraphs([damaged])).toThrow('got 6.5 and 6.5 at graph 0.');
  });

  it('count against the limit of edges', () => {
    expect(() => crystalGraph(prototypes.zinc, { maximumEdges: 60, siteFeatures: {} })).toThrow(
      expect.objectContaining({
        code: 'TOO_MANY_NEIGHBORS',
        message: expect.stringContaining('neighborsWithin'),
      }),
    );
  });
});
