import { type ControlName, evaluatePairs, retrievalVariants } from '@bravais/trainer';
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

  it.each([2, 6])('of %i directions with every control and variant fits into 100 columns', (count) => {
    const names: readonly ControlName[] = ['scalars', 'composition', 'untrained', 'shuffled-pairs'];
    const long = ['structure', 'densityGrid', 'phononDos'].map((name, i) => modality(name, i + 1));
    const shown = directionScores(
      evaluatePairs(long, DIM).slice(0, count),
      0,
      names.map((name) => ({ name, pairs: evaluatePairs(long, DIM) })),
      retrievalVariants(long, DIM, [...'aabbccddeeff'], 0),
    );
    const text = retrievalTables(shown, 'reference', new Output(new MemoryStream(), new MemoryStream()));
    for (const label of ['init', 'shuffled', 'polymorphs', 'one a formula', 'hub-corrected', '95 % interval'])
      expect(text).toContain(label);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
