import { cgcnn, cogn, initCgcnn, initCogn } from '@bravais/graph-nn';
import { elementColumns, uploadElements } from '@bravais/trainer';

/**
 * Encoders that take Bessel functions of distances, or site features for the angles between neighbours, by name: what the config of
 * an experiment cannot say. Otherwise as the encoders of `structureEncoderKind`, with the same parameters.
 */
export const VARIANTS = {
  cgcnn: {
    init: (key, { width, convolutions, distanceBins, descriptorWidth }, extents) =>
      initCgcnn(key, { width, convolutions, distanceBins, descriptorWidth, ...extents }),
    open: (_device, { dropout }, basis) => ({
      embed: (parameters, { graph }, dropoutKey) => cgcnn(parameters, { graph, basis }, dropout, dropoutKey),
    }),
  },
  cogn: {
    init: (
      key,
      { width, blocks, edgeLayers, distanceBins, elementProperties },
      { embeddingDim, siteFeatures },
    ) =>
      initCogn(key, {
        width,
        blocks,
        edgeLayers,
        distanceBins,
        elementProperties: elementColumns(elementProperties),
        embeddingDim,
        siteFeatures,
      }),
    open(device, { elementProperties, dropout }, basis) {
      const constants = { basis, ...uploadElements(device, elementProperties) };
      return {
        embed: (parameters, { graph }, dropoutKey) =>
          cogn(parameters, { graph, ...constants }, dropout, dropoutKey),
      };
    },
  },
};
