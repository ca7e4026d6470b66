import { tensor } from '../../../../packages/tensor-core/src/index.ts';
import { device, integers } from '../../sample.ts';

export const options = {
  ...{ vocabulary: 64, maxTokens: 8, features: 8, heads: 2, headFeatures: 4 },
  ...{ hidden: 16, blocks: 1, embeddingDim: 4 },
};
export const text = {
  ids: tensor(device, Int32Array.of(1, 3, 9, 2, 1, 3, 2, 0), [2, 4]),
  lengths: integers(4, 3),
  positions: integers(1, 5),
  targets: integers(7, 8),
};
