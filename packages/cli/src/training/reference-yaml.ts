/** Lines of an experiment over the embedded reference set: its data, and a structure encoder that a CPU trains in minutes. */
export const referenceYaml: string = `seed: 0
data:
  source: reference
model:
  embeddingDim: 64
  structure: { kind: cgcnn, width: 48, convolutions: 2, descriptorWidth: 96, dropout: 0.1 }`;
