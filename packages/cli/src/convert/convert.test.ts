import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStructures } from '@bravais/datasets/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeServices } from '../testing/fake-services';
import { run } from '../testing/run';

const FRAME = `2
Lattice="4 0 0 0 5 0 1 0 6" Properties=species:S:1:pos:R:3 energy=-1
Na 0 0 0
Cl 2 2.5 3
`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-convert-'));
  await writeFile(join(folder, 'one.xyz'), FRAME);
  await writeFile(join(folder, 'two.xyz'), FRAME + FRAME.replace('Na', 'K'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const convert = (from: string, to: string, ...options: string[]) =>
  run(fakeServices(), ['convert', join(folder, from), join(folder, to), ...options]);

describe('bravais convert', () => {
  it.each(['out.cif', 'POSCAR', 'out.vasp', 'out.xyz', 'out.extxyz', 'out.json'])(
    'writes %s',
    async (name) => {
      const { exitCode, stderr } = await convert('one.xyz', name);
      expect(exitCode).toBe(0);
      expect(stderr).toContain('note: left out: energy');
      const { structure } = (await readStructures(join(folder, name))).structures[0]!;
      expect(Array.from(structure.atomicNumbers)).toEqual([11, 17]);
      const { structure: given } = (await readStructures(join(folder, 'one.xyz'))).structures[0]!;
      structure.fracCoords.forEach((x, k) => {
        expect(x).toBeCloseTo(given.fracCoords[k]!, 8);
      });
    },
  );

  it('takes the format from --to where the name tells none', async () => {
    expect((await convert('one.xyz', 'structure', '--to', 'poscar')).exitCode).toBe(0);
    expect(await readFile(join(folder, 'structure'), 'utf8')).toContain('Direct');
  });

  it('keeps all frames where the format can, and says which are left out where it cannot', async () => {
    await convert('two.xyz', 'both.json');
    expect((await readStructures(join(folder, 'both.json'))).structures).toHaveLength(2);
    const { stderr } = await convert('two.xyz', 'POSCAR');
    expect(stderr).toMatch(/note: 1 further structures of .*two\.xyz were left out: poscar holds one/);
  });

  it('refuses a name that tells no format before it reads', async () => {
    const { exitCode, stderr } = await convert('missing.xyz', 'out.pdb');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--to');
  });

  it('leaves nothing behind where the source is bad or the target cannot hold it', async () => {
    const half = { species: [{ element: 'Fe', occu: 0.5 }], abc: [0, 0, 0] };
    const lattice = { a: 3, b: 3, c: 3, alpha: 90, beta: 90, gamma: 90 };
    await writeFile(join(folder, 'half.json'), JSON.stringify({ lattice, sites: [half] }));
    await writeFile(join(folder, 'bad.xyz'), FRAME.replace('Na', 'Qq'));
    const before = await readdir(folder);
    for (const source of ['half.json', 'bad.xyz', 'missing.xyz']) {
      const { exitCode, stdout } = await convert(source, 'POSCAR', '--json');
      expect([exitCode, (JSON.parse(stdout) as { ok: boolean }).ok]).toEqual([1, false]);
    }
    expect(await readdir(folder)).toEqual(before);
  });
});
