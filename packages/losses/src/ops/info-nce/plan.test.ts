import { describe, expect, it } from 'vitest';
import { chunkRows, planTiles, variantFor } from './plan';

describe('planTiles', () => {
  it('fills up to whole tiles and takes wide ones where they are filled', () => {
    expect(planTiles(8, [512, 512, 128], 14, 2 ** 26)).toMatchObject({
      tile: { lanes: 8, loads: 2, squarings: 1 },
      paddedA: 512,
      paddedColumns: 128,
      chunkRows: 512,
    });
    expect(planTiles(8, [512, 512, 96], 14, 2 ** 26)).toMatchObject({
      tile: { loads: 1 },
      paddedColumns: 96,
    });
    expect(planTiles(4, [5, 5, 3], 14, 2 ** 26)).toMatchObject({
      tile: { lanes: 4, loads: 1, squarings: 1 },
      paddedA: 16,
      paddedColumns: 16,
      chunkRows: 16,
    });
  });

  it('fills up each embedding by itself', () => {
    const { paddedA, paddedB, chunkRows: rows } = planTiles(8, [300, 40, 128], 14, 2 ** 26);
    expect([paddedA, paddedB, rows]).toEqual([320, 64, 320]);
  });

  it('takes roots of exponentials that fit float32', () => {
    for (const scale of [1, 5, 69, 100, 150, 1000, 1e6]) {
      const { squarings } = planTiles(8, [5, 5, 4], scale, 2 ** 26).tile;
      expect((scale * Math.LOG2E) / 2 ** squarings).toBeLessThanOrEqual(100);
    }
    expect(planTiles(8, [5, 5, 4], 100, 2 ** 26).tile.squarings).toBe(1);
    expect(planTiles(8, [5, 5, 4], 1000, 2 ** 26).tile.squarings).toBe(4);
  });

  it('cuts rows into chunks that fit, one tile of rows at least', () => {
    expect(chunkRows(4096, 4096, 32, 2 ** 26)).toBe(4096);
    expect(chunkRows(8192, 8192, 32, 2 ** 26)).toBe(2048);
    expect(chunkRows(100_000, 100_000, 32, 2 ** 20)).toBe(32);
  });

  it('keeps to software drivers with subgroups of a known size', () => {
    expect(variantFor('software', 8)).toBe('tiles');
    expect(variantFor('software', 4)).toBe('tiles');
    expect(variantFor('software', null)).toBe('composed');
    expect(variantFor('hardware', 8)).toBe('composed');
  });
});
