import { describe, expect, it } from 'vitest';
import { sampleEvaluation } from '../testing/sample-report';
import { projectEmbeddings } from './project-embeddings';

describe('projectEmbeddings', () => {
  const { embeddings } = sampleEvaluation(40, 0.1);

  it('the same seed gives the same map, another seed another', () => {
    const map = projectEmbeddings(embeddings, 1);
    expect(projectEmbeddings(embeddings, 1)).toEqual(map);
    expect(projectEmbeddings(embeddings, 2)).not.toEqual(map);
  });

  it('puts the modalities of one material nearer to each other than to the others', () => {
    const { marks } = projectEmbeddings(embeddings, 0)!;
    const spectra = marks.filter(({ modality }) => modality === 'phononDos');
    const nearest = marks
      .filter(({ modality }) => modality === 'structure')
      .filter(({ id, x, y }) => {
        const distance = (mark: { x: number; y: number }): number => Math.hypot(mark.x - x, mark.y - y);
        const own = distance(spectra.find((mark) => mark.id === id)!);
        return spectra.every((mark) => distance(mark) >= own);
      });
    expect(nearest.length).toBeGreaterThan(30);
  });

  it('draws no more materials than asked for, at equal distances', () => {
    const map = projectEmbeddings(sampleEvaluation(65, 0.1).embeddings, 0, 30)!;
    expect([map.drawn, map.materials, map.marks.length]).toEqual([22, 65, 44]);
    expect(map.marks.slice(0, 3).map(({ id }) => id)).toEqual(['ref-0', 'ref-3', 'ref-6']);
  });

  it('is nothing for a handful, and leaves out what is absent', () => {
    expect(projectEmbeddings(sampleEvaluation(2).embeddings, 0)).toBeNull();
    const { embeddings: table } = sampleEvaluation(12);
    table.byModality.phononDos!.fill(0, 0, table.dim);
    expect(projectEmbeddings(table, 0)!.marks).toHaveLength(23);
  });
});
