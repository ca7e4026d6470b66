import { initCgcnn } from '../../../../packages/graph-nn/src/index.ts';
import { packParameters } from '../../../../packages/tensor-core/src/nn/index.ts';
import { key } from '../../../../packages/tensor-core/src/random/index.ts';
import { device, sample } from '../../sample.ts';

const sizes = {
  width: 8,
  convolutions: 1,
  distanceBins: 16,
  descriptors: 0,
  descriptorWidth: 0,
  embeddingDim: 4,
};
export const { tree } = packParameters(device, initCgcnn(key(0), sizes));
export const weight = sample([8, 40]);
