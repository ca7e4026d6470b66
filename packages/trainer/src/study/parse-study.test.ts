import { describe, expect, it } from 'vitest';
import { ConfigError } from '../config';
import { parseStudy } from './parse-study';

const STUDY = `name: labels
experiment: b2.yaml
repeats: { values: [0, 1, 2] }
scores: [MAE]
set: [training.steps=100]
arms:
  aligned: { experiment: b1.yaml, measured: false }
  scratch: {}
  tuned: { startFrom: aligned, against: scratch, set: ['data.trainLimit=250'] }
`;

const complaint = (text: string): string => {
  try {
    parseStudy(text, 'study.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the study was accepted');
};

describe('parseStudy', () => {
  it('fills in what is left out and keeps the order of the arms', () => {
    const study = parseStudy(STUDY, 'study.yaml');
    expect(study).toMatchObject({ split: 'test', repeats: { key: 'seed', values: [0, 1, 2] } });
    expect(Object.keys(study.arms)).toEqual(['aligned', 'scratch', 'tuned']);
    expect(study.arms.scratch).toEqual({ set: [], measured: true });
  });

  it.each([
    [
      'startFrom: aligned',
      'startFrom: tuned',
      'study.yaml:9:12 arms.tuned.startFrom must be the name of an arm further up',
    ],
    [
      'against: scratch',
      'against: aligned',
      'arms.tuned.against must be the name of another arm that is measured, got "aligned"',
    ],
    ['against: scratch', 'agianst: scratch', 'Did you mean "against"?'],
    ['[0, 1, 2]', '[0, 1, 1]', 'repeats.values must be a list without a value twice'],
    ['[MAE]', '[]', 'study.yaml:4:1 scores must be'],
    ['training.steps=100', 'training.steps', 'set.0 must be'],
  ])('refuses %s as %s with the line', (written, wrong, message) => {
    expect(complaint(STUDY.replace(written, wrong))).toContain(message);
  });
});
