import { type Device, scoped } from '@bravais/tensor-core';
import { packParameters } from '@bravais/tensor-core/nn';
import { key } from '@bravais/tensor-core/random';
import { testDevice } from '@bravais/tensor-core/testing';
import { beforeAll } from 'vitest';
import { batchGraphs, crystalGraph, uploadGraphs } from '../batch';
import type { Crystal } from '../graph';
import { gaussianBasis } from '../layers/gaussian-expansion';
import { type Cgcnn, cgcnn, initCgcnn } from './cgcnn';
import { describeDisorder, describeInvariances } from './testing';
import { describeAngles } from './testing/describe-angles';

const OPTIONS = {
  width: 16,
  convolutions: 3,
  distanceBins: 12,
  descriptors: 0,
  descriptorWidth: 0,
  embeddingDim: 24,
};
const DIM = OPTIONS.embeddingDim;

let device: Device;
let parameters: Cgcnn;
beforeAll(async () => {
  device = await testDevice();
  parameters = packParameters(device, initCgcnn(key(1), OPTIONS)).tree;
});

/** Embeddings of crystals in one batch, a row each. */
async function embed(crystals: readonly Crystal[]): Promise<Float32Array[]> {
  using embedding = scoped(device, () => {
    const graph = uploadGraphs(
      device,
      batchGraphs(crystals.map((crystal) => crystalGraph(crystal, { neighbors: 8, cutoffAngstrom: 12 }))),
    );
    const basis = gaussianBasis(device, OPTIONS.distanceBins, 8);
    return cgcnn(parameters, { graph, basis }, 0, null);
  });
  const values = (await embedding.read()) as Float32Array;
  return crystals.map((_, row) => values.slice(row * DIM, (row + 1) * DIM));
}

describeInvariances(embed);
describeDisorder(embed);

describeAngles<Cgcnn>({
  device: () => device,
  init: (siteFeatures) => initCgcnn(key(1), { ...OPTIONS, ...siteFeatures }),
  embed: (tree, graph, basis) => cgcnn(tree, { graph, basis }, 0, null),
  functions: OPTIONS.distanceBins,
  embeddingDim: DIM,
});
