import { evaluatePairs } from '@bravais/trainer';
import { describe, expect, it } from 'vitest';
import { Output } from '../output/output';
import { MemoryStream } from '../testing/memory-stream';
import { directionScores } from './direction-scores';
import { retrievalTables } from './retrieval-table';

const DIM = 4;
const rowsOf = (seed: number) => Float32Array.from({ length: 12 * DIM }, (_, i) => Math.sin(seed * (i + 1)));
const modality = (name: string, seed: number, missing = 0) => ({
  name,
  rows: rowsOf(seed),
  present: Uint8Array.from({ length: 12 }, (_, row) => Number(row >= missing)),
});
const three = [modality('structure', 1), modality('electronicDos', 2, 3), modality('text', 3)];
const pairs = evaluatePairs(three, DIM);

describe('retrievalTables', () => {
  const tables = (count: number, controls: Parameters<typeof directionScores>[2]) => {
    const shown = directionScores(pairs.slice(0, count), 0, controls);
    return retrievalTables(shown, 'multimat-sample', new Output(new MemoryStream(), new MemoryStream()));
  };

  it('of two directions is a table each, with a row for each control that has something to say', () => {
    const text = tables(2, [
      { name: 'scalars', pairs },
      { name: 'composition', pairs: pairs.slice(0, 1) },
    ]);
    expect(text.match(/^│ chance/gm)).toHaveLength(2);
    expect(text.match(/^│ scalars/gm)).toHaveLength(2);
    expect(text.match(/^│ elements/gm)).toHaveLength(1);
    expect(text).toContain('elements: by ridge regression');
    expect(text).not.toContain('shuffled');
  });

  it('of more directions is a table a score, a row a direction with its own pool', () => {
    const text = tables(6, [{ name: 'scalars', pairs }]);
    for (const name of ['R@1', 'R@10', 'MRR']) expect(text).toContain(`${name} of every direction`);
    expect(text.match(/crystal structure → electronic DOS │ +9 │/g)).toHaveLength(3);
    expect(text.match(/text → crystal structure +│ +12 │/g)).toHaveLength(3);
    expect(text).toMatch(/pool │ model │ chance │ scalars │/);
  });

  it('without controls is beside chance alone', () => {
    expect(tables(6, [])).not.toMatch(/scalars|elements/);
  });
});
