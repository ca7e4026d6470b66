import { meanInterval, pairedDifference } from '@bravais/trainer';
import { describe, expect, it } from 'vitest';
import { sideMetrics } from '../evaluation/comparison/side-metrics';
import { directionScores } from '../evaluation/direction-scores';
import { evaluationDocument } from '../evaluation/evaluation-document';
import { sampleEvaluation } from '../testing/sample-report';
import { type MeasuredArm, studyTable } from './study-figures';
import { studyGrids } from './study-grid';
import { studyMarkdown } from './study-text';

function armOf(name: string, noises: readonly number[], against: string | null = null): MeasuredArm {
  const repeats = noises.map((noise, repeat) => {
    const evaluation = sampleEvaluation(60, noise);
    const scores = directionScores(evaluation.pairs, 0, evaluation.controls);
    const document = evaluationDocument(evaluation, scores, 'reference');
    return { repeat, document, metrics: sideMetrics(document, name) };
  });
  return { name, label: `the ${name}`, against, repeats };
}

const noisy = armOf('noisy', [1.6, 1.9, 1.4]);
const clear = armOf('clear', [0.8, 1.1, 1], 'noisy');
const valuesOf = ({ repeats }: MeasuredArm, subject: string): number[] =>
  repeats.map(
    ({ document }) => document.directions.find(({ label }) => label === subject)!.scores.MRR!.value,
  );

describe('studyTable', () => {
  const { rows, references } = studyTable([noisy, clear], ['MRR']);
  const { subject } = rows[0]!.figures[0]!;

  it('gives the mean over runs with its interval, and the paired difference', () => {
    const figure = rows[1]!.figures.find((each) => each.subject === subject)!;
    const { mean, low, high } = meanInterval(valuesOf(clear, subject));
    expect(figure).toMatchObject({ name: 'MRR', mean, interval: [low, high] });
    expect(figure.difference).toEqual(pairedDifference(valuesOf(noisy, subject), valuesOf(clear, subject)));
    expect(rows[0]!.figures[0]!.difference).toBeNull();
  });

  it('shows only the figures asked for, with chance and controls beside them', () => {
    expect(new Set(rows.flatMap(({ figures }) => figures.map(({ name }) => name)))).toEqual(new Set(['MRR']));
    const labels = references.filter((each) => each.subject === subject).map(({ label }) => label);
    expect(labels).toEqual(['chance', 'scalars', 'elements']);
    const { chance } = noisy.repeats[0]!.document.directions.find(({ label }) => label === subject)!.scores
      .MRR!;
    expect(references.find(({ label }) => label === 'chance')!.value).toBeCloseTo(chance, 12);
  });

  it('pairs only repeats that both arms have, and of one run gives no interval', () => {
    const short = { ...clear, repeats: clear.repeats.slice(0, 2) };
    const figure = studyTable([noisy, short], ['MRR']).rows[1]!.figures[0]!;
    expect(figure.difference!.count).toBe(2);
    const single = studyTable([noisy, { ...clear, repeats: clear.repeats.slice(0, 1) }], ['MRR']);
    expect(single.rows[1]!.figures[0]).toMatchObject({ interval: null, difference: null });
  });
});

it('writes a Markdown table with a row for each arm and reference', () => {
  const grids = studyGrids(studyTable([noisy, clear], ['R@1', 'MRR']));
  const facts = {
    name: 'noise',
    split: 'test',
    repeats: { key: 'seed', values: [0, 1, 2] },
    adapter: 'llvmpipe',
    date: '2026-11-24',
  };
  const text = studyMarkdown(facts, grids);
  expect(text).toContain('noise: test split, seed 0, 1, 2, llvmpipe, 2026-11-24');
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  expect(lines).toHaveLength(2 * 7);
  expect(lines[0]).toBe('|  | runs | R@1 | MRR | Δ R@1 | Δ MRR |');
  expect(lines[3]).toMatch(/^\| the clear \| 3 \| 0\.\d+ \(.* … .*\) \| .* to the noisy \|/);
});
