import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { ConfigError } from './config-error';
import { parseConfig, resolveConfig } from './resolve-config';

const MINIMAL = `name: smoke
data: { source: reference }
model: { structure: { kind: cgcnn }, views: { phononDos: { kind: mlp } } }
loss: { kind: all-pairs-clip }
optim: { schedule: { kind: constant } }
training: { steps: 20 }
`;

describe('overrides', () => {
  property.prop([fc.string({ maxLength: 40 })], { numRuns: 150 })(
    'an option is applied or a ConfigError',
    (option) => {
      try {
        parseConfig(MINIMAL, { overrides: [option] });
      } catch (error) {
        expect(error).toBeInstanceOf(ConfigError);
      }
    },
  );

  const withSet = (...overrides: string[]) => parseConfig(MINIMAL, { overrides });

  it('are YAML scalars at a path, the last one wins', () => {
    const config = withSet(
      'optim.learningRate=3e-4',
      'optim.clipNorm=null',
      'graph.symmetric=false',
      'seed=1',
      'seed=7',
    );
    expect(config.optim.learningRate).toBe(3e-4);
    expect(config.optim.clipNorm).toBeNull();
    expect(config.graph.symmetric).toBe(false);
    expect(config.seed).toBe(7);
  });

  it('make the sections and list entries they need', () => {
    const config = parseConfig(`${MINIMAL}expect: {command: x, minutes: 1, scores: {}}`, {
      overrides: ['expect.scores.structure-to-spectrum/r@10=0.65'],
    });
    expect(config.expect?.scores).toEqual({ 'structure-to-spectrum/r@10': 0.65 });
    const listed = parseConfig(MINIMAL.replace('optim: {', 'optim: { betas: [0.9, 0.99],'), {
      overrides: ['optim.betas.1=0.5'],
    });
    expect(listed.optim.betas).toEqual([0.9, 0.5]);
  });

  it('an empty value takes the key out', () => {
    const { training } = withSet('training.steps=', 'training.epochs=3');
    expect(training.epochs).toBe(3);
    expect('steps' in training).toBe(false);
  });

  it('leave the given object alone', () => {
    const config = withSet();
    const changed = resolveConfig(config, { overrides: ['seed=5', 'training.steps=3'] });
    expect([config.seed, changed.seed, config.training.steps, changed.training.steps]).toEqual([0, 5, 20, 3]);
  });

  it.each([
    ['seed=abc', '--set seed=abc seed must be an integer of at least 0 and at most 4294967295, got "abc".'],
    ['sed=1', '--set sed=1 sed must be a known key, got "sed". Did you mean "seed"?'],
    [
      '__proto__.x=1',
      '--set __proto__.x=1 __proto__ must be a known key, got "__proto__". Known here: name, description, expect, seed, data, graph, model, init, loss, targets, optim, training, textPretraining.',
    ],
    [
      'training.epochs=1',
      '--set training.epochs=1 training must be a mapping with exactly one of steps, epochs, got steps and epochs.',
    ],
    ['seed', '--set seed must be key.path=value, got no "=". Write for example --set training.steps=100'],
    ['a..b=1', '--set a..b=1 must be key.path=value, got an empty key. Write for example --set seed=1'],
    ['name.x=1', '--set name.x=1 name must be a mapping, got "smoke". Check the path of the option.'],
    [
      'optim.betas=[0.9, 1]',
      '--set optim.betas=[0.9, 1] optim.betas must be a YAML scalar, got "[0.9, 1]". Quote text; set the fields of a mapping or list one at a time (optim.betas.0=0.9).',
    ],
    [
      'name="a',
      '--set name="a name must be a YAML scalar, got "\\"a". Quote text; set the fields of a mapping or list one at a time (optim.betas.0=0.9).',
    ],
  ])('%s names the option', (option, message) => {
    let fault: unknown;
    try {
      parseConfig(MINIMAL, { overrides: [option] });
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(ConfigError);
    expect(fault).toMatchObject({ message, code: 'OVERRIDE', issues: [{ location: `--set ${option}` }] });
  });
});
