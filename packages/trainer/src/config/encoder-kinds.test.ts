import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import { configHash } from './config-hash';
import { parseConfig } from './resolve-config';

const MINIMAL = `name: smoke
data: { source: reference }
loss: { kind: all-pairs-clip }
model:
  structure:
    kind: cgcnn
  views: { phononDos: { kind: mlp } }
optim: { schedule: { kind: constant } }
training: { steps: 20 }
`;

describe('defaults', () => {
  const structureOf = (kind: string) =>
    parseConfig(MINIMAL.replace('kind: cgcnn', `kind: ${kind}`)).model.structure;

  it('are those of the kind of encoder', () => {
    const properties = { elementProperties: true, dropout: 0.1 };
    expect(structureOf('cogn')).toEqual({
      kind: 'cogn',
      width: 128,
      blocks: 4,
      edgeLayers: 3,
      distanceBins: 40,
      ...properties,
    });
    expect(structureOf('potnet')).toEqual({
      kind: 'potnet',
      width: 256,
      convolutions: 3,
      distanceBins: 128,
      potentialBins: 64,
      dropout: 0.1,
    });
    expect(structureOf('graph-conv-3d')).toEqual({
      kind: 'graph-conv-3d',
      width: 128,
      convolutions: 3,
      distanceBins: 40,
      ...properties,
    });
    expect(structureOf('composition')).toEqual({ kind: 'composition', width: 128, layers: 2, ...properties });
  });

  it('leave out the pooling, so that experiments from before it was there keep their hash', async () => {
    expect(structureOf('cgcnn')).not.toHaveProperty('pooling');
    const said = parseConfig(MINIMAL.replace('kind: cgcnn', 'kind: cgcnn\n    pooling: mean'));
    expect(said.model.structure).toHaveProperty('pooling', 'mean');
    expect(await configHash(said)).not.toBe(await configHash(parseConfig(MINIMAL)));
  });
});

describe('faults are judged by the kind that is named', () => {
  it.each([
    [
      'kind: cgcnn',
      'kind: cognn',
      'config.yaml:6:5 model.structure.kind must be one of "cgcnn", "cogn", "potnet", "graph-conv-3d", "composition", got "cognn".',
    ],
    [
      'kind: cgcnn',
      'width: 4',
      'config.yaml:5:3 model.structure.kind must be one of "cgcnn", "cogn", "potnet", "graph-conv-3d", "composition", got nothing.',
    ],
    [
      '  structure:\n    kind: cgcnn',
      '  structure: cogn',
      'config.yaml:5:3 model.structure must be a mapping, got "cogn".',
    ],
    [
      'kind: cgcnn',
      'kind: cogn\n    width: 18',
      'config.yaml:7:5 model.structure.width must be a positive multiple of 4 of at most 16384, got 18.',
    ],
    [
      'kind: cgcnn',
      'kind: cogn\n    edgeLayer: 2',
      'config.yaml:7:5 model.structure.edgeLayer must be a known key, got "edgeLayer". Did you mean "edgeLayers"?',
    ],
    [
      'kind: cgcnn',
      'kind: cogn\n    descriptorWidth: 2',
      'config.yaml:7:5 model.structure.descriptorWidth must be a known key, got "descriptorWidth". Known here: kind, width, blocks, edgeLayers, distanceBins, basis, pooling, elementProperties, dropout.',
    ],
    [
      'kind: cgcnn',
      'kind: graph-conv-3d\n    pooling: max',
      'config.yaml:7:5 model.structure.pooling must be one of "mean", "sum", "attention", got "max".',
    ],
    [
      'model:',
      'model:\n  potentialBins: 3',
      'config.yaml:5:3 model.potentialBins must be a known key, got "potentialBins". Known here: embeddingDim, structure, views.',
    ],
    [
      'model:\n  structure:\n    kind: cgcnn',
      'model:\n  potentialBins: 3\n  structure:\n    kind: potnet',
      'config.yaml:5:3 model.potentialBins must be a known key, got "potentialBins". Did you mean "model.structure.potentialBins"?',
    ],
    [
      'kind: all-pairs-clip',
      'kind: tensor-clip',
      'config.yaml:3:9 loss.kind must be a loss for as few modalities as model.views names beside the structure, got "tensor-clip".',
    ],
    [
      'kind: all-pairs-clip',
      'kind: gram, anchor: text',
      'config.yaml:3:21 loss.anchor must be structure or a view that model.views names, got "text".',
    ],
    [
      '{ phononDos: { kind: mlp } }',
      '{}',
      'config.yaml:7:3 model.views must be a mapping with at least one view, two where model.structure is left out, got a mapping.',
    ],
  ])('%j → %j', (from, to, message) => {
    let fault: unknown;
    try {
      parseConfig(MINIMAL.replace(from, to), { file: 'config.yaml' });
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ConfigError);
    expect((fault as ConfigError).issues.map((issue) => issue.message)).toContain(message);
  });
});
