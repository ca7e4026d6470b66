export const sizes = {
  ...{ width: 8, blocks: 1, edgeLayers: 1, distanceBins: 5 },
  ...{ elementProperties: 0, embeddingDim: 4 },
};
