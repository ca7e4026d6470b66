import { expect, it } from 'vitest';
import type { WorkgroupTile } from '../ops/matmul/tile';
import { testDevice } from '../testing';
import { tuneWorkgroupTiles } from './tune-workgroup-tiles';

const narrow: WorkgroupTile = {
  ...{ rows: 16, columns: 8, depths: 4, threadRows: 4, threadColumns: 4, buffers: 1, writtenOut: 1 },
};
const square: WorkgroupTile = { ...narrow, columns: 16 };

it('keeps the best tile of each extents and times it on every layout it is for', async () => {
  const device = await testDevice();
  const before = device.stats.liveBuffers;
  const lines: string[] = [];
  const costs = await tuneWorkgroupTiles(device, 2, (line) => lines.push(line), [
    narrow,
    { ...narrow, buffers: 2 },
    square,
  ]);
  expect(device.stats.liveBuffers).toBe(before);
  for (const { perTile, perDepth, alone } of costs) {
    expect(perDepth).toBeGreaterThan(0);
    expect(alone!.perDepth).toBeGreaterThan(0);
    expect(Math.min(perTile, alone!.perTile)).toBeGreaterThanOrEqual(0);
  }
  const waysOf = (columns: number): string[] =>
    costs
      .filter(({ tile }) => 'columns' in tile && tile.columns === columns)
      .map(({ tile, a, b }) => JSON.stringify([tile, a, b]));
  expect(new Set(waysOf(16)).size).toBe(9);
  expect([4, 8]).toContain(new Set(waysOf(8)).size);
  expect(lines.filter((line) => line.includes('TFLOP/s')).length).toBeGreaterThanOrEqual(3 + 8 + 3);
});
