import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStructures } from '../src/formats/node/read-structures';
import { readChgcar } from '../src/formats/volumetric/read-chgcar';
import { densityGramPerCm3 } from '../src/structure/composition';
import { latticeVolume } from '../src/structure/lattice';
import { pymatgenFormula } from '../src/structure/pymatgen-formula';
import { DATA_ROOT, hasData } from './shared-data';

interface Expected {
  readonly file: string;
  readonly n_sites: number;
  readonly reduced_formula: string;
  readonly volume: number;
  readonly density: number;
  readonly ordered: boolean;
  readonly grid?: readonly number[];
  readonly channels?: Readonly<Record<string, { readonly sum: number; readonly first3: readonly number[] }>>;
}

const FOLDER = join(DATA_ROOT, 'sample-files');
const found = hasData('sample-files');
/** Without the one entry (xenon) for which the script that made the file looked for neighbours and found none. */
const expectations: readonly Expected[] = found
  ? JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')).filter(
      (entry: object) => !('error' in entry),
    )
  : [];

describe.runIf(found)('sample files, against pymatgen', () => {
  it.each(expectations)('$file', async ({ file, ...expected }) => {
    const { structures } = await readStructures(join(FOLDER, file));
    const { structure } = structures[0]!;
    expect(structure.atomicNumbers).toHaveLength(expected.n_sites);
    expect(pymatgenFormula(structure)).toBe(expected.reduced_formula);
    expect(latticeVolume(structure.latticeAngstrom)).toBeCloseTo(expected.volume, 3);
    // Atomic weights are abridged to five digits here.
    expect(densityGramPerCm3(structure) / expected.density).toBeCloseTo(1, 3);
    expect(structure.occupations === null).toBe(expected.ordered);
  });

  it.each(expectations.filter(({ channels }) => channels !== undefined))(
    'the charge density of $file',
    async ({ file, grid, channels: expected = {} }) => {
      const bytes = readFileSync(join(FOLDER, file));
      const { shape, channels, structure } = await readChgcar(bytes, { file });
      expect(shape).toEqual(grid);
      const volume = latticeVolume(structure.latticeAngstrom);
      for (const [name, values] of Object.entries(channels)) {
        const raw = values.map((value) => value * volume);
        expect(raw.reduce((sum, value) => sum + value, 0)).toBeCloseTo(expected[name]!.sum, 1);
        expected[name]!.first3.forEach((value, i) => {
          expect(raw[i]! / value).toBeCloseTo(1, 10);
        });
      }
      // With spin-orbit coupling pymatgen adds a projection of the magnetisation as "diff".
      const names = Object.keys(expected).filter((name) => name !== 'diff' || !('diff_x' in expected));
      expect(Object.keys(channels)).toEqual(names);
    },
  );
});
