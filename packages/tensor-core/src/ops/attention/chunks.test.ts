import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { chunksOf } from './chunks';

test.prop([
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 80 }),
  fc.integer({ min: 1, max: 2 ** 22 }),
])('chunks hold every query of every matrix once, and fit', (matrices, rowQuads, chunkBytes) => {
  const seen = new Set<string>();
  for (const chunk of chunksOf(matrices, rowQuads, chunkBytes)) {
    expect(chunk.quads).toBeGreaterThan(0);
    const bytes = chunk.matrices * chunk.quads * rowQuads * 64;
    const least = Math.min(16, rowQuads) * rowQuads * 64;
    expect(bytes).toBeLessThanOrEqual(Math.max(chunkBytes, least));
    for (let m = 0; m < chunk.matrices; m++) {
      for (let q = 0; q < chunk.quads; q++) {
        const place = `${chunk.firstMatrix + m} ${chunk.firstQuad + q}`;
        expect(seen.has(place)).toBe(false);
        seen.add(place);
      }
    }
  }
  expect(seen.size).toBe(matrices * rowQuads);
});
