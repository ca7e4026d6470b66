import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { potentialEdges } from '@bravais/graph-nn';
import { afterAll, describe, expect, it } from 'vitest';

/** The scripts are plain modules without declarations. */
const load = (name: string): Promise<Record<string, (...args: never[]) => unknown>> =>
  import(`../training/${name}.mjs`);

const folder = mkdtempSync(join(tmpdir(), 'bravais-potentials-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('preparePotentials', () => {
  it('gives the potentials of every crystal, from its folder the second time', async () => {
    const { preparePotentials } = await load('potentials');
    const structures = Array.from({ length: 12 }, (_, row) => ({
      latticeAngstrom: [3 + row / 12, 0, 0, 0, 3, 0, 0, 0, 4],
      fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
      atomicNumbers: [3 + row, 9],
    }));
    const how = { cacheFolder: join(folder, 'potentials'), workers: 1 };
    const first = await preparePotentials!(...([structures, how] as never[]));
    const expected = structures.map((structure) => potentialEdges(structure));
    expect(first).toMatchObject({ potentials: expected, made: 12 });
    const second = await preparePotentials!(...([structures, how] as never[]));
    expect(second).toMatchObject({ potentials: expected, made: 0 });
    const moved = structures.map((each) => ({ ...each, fracCoords: each.fracCoords.with(5, 0.45) }));
    expect(await preparePotentials!(...([moved, how] as never[]))).toMatchObject({ made: 12 });
  });
});
