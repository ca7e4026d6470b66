import { referenceYaml } from '../training/reference-yaml';

/** The experiment of `bravais demo`. */
export const demoYaml: string = `name: demo
description: Seven views of the crystals of the embedded reference set, all but the structure simulated, in one latent space.
${referenceYaml}
  views:
    phononDos: { kind: mlp, width: 128, layers: 2, dropout: 0.1 }
    electronicDos: { kind: mlp, width: 128, layers: 2, dropout: 0.1 }
    densityGrid: { kind: cnn, width: 8, blocks: 1, dropout: 0.1 }
    diffraction: { kind: mlp, width: 128, layers: 2, dropout: 0.1 }
    description: { kind: bag-of-words }
    image: { kind: image-cnn, widths: [8, 16] }
loss: { kind: anchored-clip, anchor: structure, temperature: 0.07 }
optim:
  learningRate: 2.0e-3
  schedule: { kind: warmup-cosine }
training:
  epochs: 16
  batchSize: 64
  evaluateEvery: 64
  checkpointEvery: 64
  logEvery: 4
`;
