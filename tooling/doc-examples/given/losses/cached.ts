import { initSpectrumMlp, spectrumMlp } from '../../../../packages/encoders/src/index.ts';
import {
  batchGraphs,
  type Cgcnn,
  type CgcnnInput,
  cgcnn,
  crystalGraph,
  gaussianBasis,
  initCgcnn,
  uploadGraphs,
} from '../../../../packages/graph-nn/src/index.ts';
import { clip, type Embeddings } from '../../../../packages/losses/src/index.ts';
import type { Tensor } from '../../../../packages/tensor-core/src/index.ts';
import { packParameters } from '../../../../packages/tensor-core/src/nn/index.ts';
import { decayMask, initAdamW } from '../../../../packages/tensor-core/src/optim/index.ts';
import { foldIn, key, type RandomKey } from '../../../../packages/tensor-core/src/random/index.ts';
import { device, sample } from '../../sample.ts';

const sizes = {
  width: 8,
  convolutions: 1,
  distanceBins: 5,
  descriptors: 0,
  descriptorWidth: 0,
  embeddingDim: 4,
};
export const parameters = packParameters(device, {
  structure: initCgcnn(key(0), sizes),
  phononDos: initSpectrumMlp(key(1), { bins: 66, width: 8, layers: 1, embeddingDim: 4 }),
  logScale: { shape: [1], values: Float32Array.of(1) },
});
export const mask = decayMask(parameters);
export const state = initAdamW(parameters);

/** Crystals of two sites, of one element after the other. */
const crystals = [3, 11, 19].map((atomicNumber): CgcnnInput => {
  const cubic = { latticeAngstrom: [4, 0, 0, 0, 4, 0, 0, 0, 4], fracCoords: [0, 0, 0, 0.5, 0.5, 0.5] };
  const salts = [9, 17].map((anion) => ({ ...cubic, atomicNumbers: [atomicNumber, anion] }));
  const graphs = salts.map((salt) => crystalGraph(salt, { neighbors: 8 }));
  return { graph: uploadGraphs(device, batchGraphs(graphs)), basis: gaussianBasis(device, 5, 8) };
});
export const crystalsOf4096 = crystals;
export const spectra = crystals.map((_, part) => sample([2, 66], 0, 1, part));

/** What a part holds. */
interface Part {
  readonly crystals: CgcnnInput;
  readonly spectra: Tensor;
  readonly key: RandomKey;
}

export const parts = crystals.map(
  (each, index): Part => ({
    crystals: each,
    spectra: spectra[index]!,
    key: foldIn(key(7), index),
  }),
);
export const encode = (tree: typeof parameters.tree, part: Part): Embeddings => ({
  structure: cgcnn(tree.structure as Cgcnn, part.crystals, 0.1, foldIn(part.key, 0)),
  phononDos: spectrumMlp(tree.phononDos, part.spectra, 0.1, foldIn(part.key, 1)),
});
export const loss = ({ structure, phononDos }: Embeddings): Tensor =>
  clip({ structure: structure!, phononDos: phononDos! }, { temperature: 0.1 }).total;
export const [first, second] = [sample([3, 4]), sample([5, 4])];
