import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import type { ExperimentConfig } from './experiment-config';
import { parseConfig } from './resolve-config';

const TARGETS = `name: gap
data:
  source: mp-crystals
model:
  structure: { kind: cogn, width: 64 }
targets:
  gap:
    kind: regression
    property: gap
optim: { schedule: { kind: constant } }
training: { steps: 20 }
`;

const parse = (text: string): ExperimentConfig => parseConfig(text, { file: 'config.yaml' });

function faultIn(text: string): ConfigError {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('an experiment with targets', () => {
  it('needs no alignment loss and no view, fills in defaults, and keeps the least error', () => {
    const { loss, model, targets, training } = parse(TARGETS);
    expect(loss).toBeUndefined();
    expect(model.views).toEqual({});
    expect(targets).toEqual({
      gap: {
        kind: 'regression',
        property: 'gap',
        modality: 'structure',
        weight: 1,
        layers: 0,
        width: 128,
        dropout: 0.1,
        loss: 'l1',
        transform: 'none',
      },
    });
    expect(training.keepBest).toBe('val/gap/mae');
  });

  it('means the same in whatever order targets are named', () => {
    const other = '  other: { kind: regression, property: rho }\n';
    const [first, last] = [
      TARGETS.replace('targets:\n', `targets:\n${other}`),
      TARGETS.replace('optim:', `${other}optim:`),
    ].map(parse);
    expect(Object.keys(first!.targets!)).toEqual(['gap', 'other']);
    expect(JSON.stringify(first)).toBe(JSON.stringify(last));
    expect(first!.training.keepBest).toBe('val/gap/mae');
  });

  it('with an alignment loss keeps what that is measured by', () => {
    const both = TARGETS.replace(
      'model:',
      'loss: { kind: all-pairs-clip }\nmodel:\n  views: { phononDos: { kind: mlp } }',
    );
    expect(parse(both).training.keepBest).toBe('val/mrr');
  });

  it('may say itself which metric decides', () => {
    const other = TARGETS.replace('steps: 20', 'steps: 20, keepBest: val/gap/rmse');
    expect(parse(other).training.keepBest).toBe('val/gap/rmse');
  });

  it.each([
    [
      'targets:\n  gap:\n    kind: regression\n    property: gap\n',
      '',
      'config.yaml:1:1 loss must be an alignment loss where there are no targets, got nothing.',
    ],
    [
      '    property: gap',
      '    property: gap\n    modality: phononDos',
      'config.yaml:10:5 targets.gap.modality must be structure or a view that model.views names, with an encoder, got "phononDos".',
    ],
    [
      'optim:',
      'init: { checkpoint: runs/a, frozen: [text] }\noptim:',
      'config.yaml:10:38 init.frozen.0 must be structure or a view that model.views names, with an encoder, got "text".',
    ],
    [
      '    property: gap',
      '    property: gap\n    los: l1',
      'config.yaml:10:5 targets.gap.los must be a known key, got "los". Did you mean "loss"?',
    ],
    [
      'kind: regression',
      'kind: regresion',
      'config.yaml:8:5 targets.gap.kind must be one of "regression", "classification", got "regresion".',
    ],
    [
      'optim:',
      'loss: { kind: all-pairs-clip }\noptim:',
      'config.yaml:4:1 model.views must be a mapping with at least one view, two where model.structure is left out, got nothing.',
    ],
  ])('%j → %j', (from, to, message) => {
    expect(faultIn(TARGETS.replace(from, to)).message.split('\n')).toContain(message);
  });
});
