import { referenceYaml } from '../training/reference-yaml';

/** The experiment whose steps `bravais doctor --bench` times: two encoders, of a size that a CPU trains in minutes. */
export const benchYaml: string = `name: bench
description: Crystal structure and simulated phonon DOS of the embedded reference set in one latent space.
${referenceYaml}
  views: { phononDos: { kind: mlp, width: 128, layers: 2, dropout: 0.1 } }
loss: { kind: all-pairs-clip, temperature: 0.07 }
optim:
  learningRate: 1.0e-3
  schedule: { kind: warmup-cosine }
training:
  epochs: 60
  batchSize: 64
`;
