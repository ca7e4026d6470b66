import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA_ROOT, hasData } from '../../../test/shared-data';
import { densityGramPerCm3 } from '../../structure/composition';
import { latticeVolume } from '../../structure/lattice';
import { pymatgenFormula } from '../../structure/pymatgen-formula';
import { findSymmetry } from '../../symmetry/find-symmetry';
import { readCif } from './read-cif';

interface Expected {
  readonly file: string;
  readonly n_sites: number;
  readonly reduced_formula: string;
  readonly volume: number;
  readonly density: number;
  readonly ordered: boolean;
  readonly 'spacegroup_symprec_0.01': number;
}

const folder = resolve(DATA_ROOT, 'sample-files');

describe.skipIf(!hasData('sample-files'))('CIFs of the Crystallography Open Database', () => {
  it('agree with pymatgen and spglib', async () => {
    const all = JSON.parse(readFileSync(resolve(folder, 'expected.json'), 'utf8')) as Expected[];
    const cifs = all.filter(({ file }) => file.endsWith('.cif'));
    expect(cifs).toHaveLength(10);
    for (const expected of cifs) {
      const { structures } = readCif(readFileSync(resolve(folder, expected.file)), { file: expected.file });
      const { structure } = structures[0]!;
      expect(structure.atomicNumbers).toHaveLength(expected.n_sites);
      expect(pymatgenFormula(structure)).toBe(expected.reduced_formula);
      expect(latticeVolume(structure.latticeAngstrom)).toBeCloseTo(expected.volume, 3);
      // pymatgen's atomic weights are older: zinc 65.409, germanium 72.64.
      expect(densityGramPerCm3(structure) / expected.density).toBeCloseTo(1, 3);
      expect(structure.occupations === null).toBe(expected.ordered);
      expect((await findSymmetry(structure)).number).toBe(expected['spacegroup_symprec_0.01']);
    }
  });
});
