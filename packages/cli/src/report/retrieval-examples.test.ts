import { describe, expect, it } from 'vitest';
import { sampleEvaluation } from '../testing/sample-report';
import { retrievalExamples } from './retrieval-examples';

describe('retrievalExamples', () => {
  const { embeddings, pairs } = sampleEvaluation(50, 1.5);
  const examples = retrievalExamples(embeddings, 'structure', 'phononDos');

  it('agrees with the ranks of the evaluation', () => {
    for (const { id, rank } of examples) {
      expect(rank).toBe(1 + pairs[0]!.ranks.above[embeddings.ids.indexOf(id)]!);
    }
    expect(new Set(examples.map(({ rank }) => rank)).size).toBeGreaterThan(1);
  });

  it('marks the right candidate exactly where its rank is in the list', () => {
    for (const { id, rank, top } of examples) {
      expect(top.map(({ correct }) => correct)).toEqual(top.map((_, index) => index + 1 === rank));
      expect(top.every((candidate) => candidate.correct === (candidate.id === id))).toBe(true);
    }
  });

  it('takes queries through the whole split, and no more than there are', () => {
    expect(examples.map(({ id }) => id)).toEqual(
      [0, 6, 12, 18, 25, 31, 37, 43].map((index) => `ref-${index}`),
    );
    expect(retrievalExamples(sampleEvaluation(3).embeddings, 'phononDos', 'structure')).toHaveLength(3);
  });

  it('passes over materials that lack a modality', () => {
    const { embeddings: table } = sampleEvaluation(10);
    table.byModality.phononDos!.fill(0, 0, 5 * table.dim);
    const found = retrievalExamples(table, 'structure', 'phononDos');
    expect(found.map(({ id }) => id)).toEqual(['ref-5', 'ref-6', 'ref-7', 'ref-8', 'ref-9']);
    expect(found.flatMap(({ top }) => top).some(({ id }) => Number(id.slice(4)) < 5)).toBe(false);
  });
});
