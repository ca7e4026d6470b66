import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createStructure } from '../structure/create-structure';
import { writeCif } from './cif/write-cif';
import { writeExtxyz } from './extxyz/write-extxyz';
import { readStructures } from './node/read-structures';
import { parseStructures } from './parse-structures';
import { writePoscar } from './poscar/write-poscar';
import { toPymatgenDict } from './pymatgen/write-pymatgen-json';
import { formatOfName } from './structure-format';
import { vasprunText } from './testing/vasprun-text';

const rockSalt = createStructure({
  latticeAngstrom: [4, 0, 0, 0, 5, 0, 0, 0, 6],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});
const poscar = writePoscar(rockSalt, 'NaCl');
const cube = 'a\nb\n2 0 0 0\n1 8 0 0\n1 0 9 0\n1 0 0 11\n11 0 0 0 0\n17 0 4 4.5 5.5\n0.25\n';
const texts: readonly (readonly [string, string])[] = [
  ['x.cif', writeCif(rockSalt)],
  ['POSCAR', poscar],
  ['x.xyz', writeExtxyz(rockSalt)],
  ['x.json', JSON.stringify(toPymatgenDict(rockSalt))],
  ['CHGCAR', `${poscar}\n1 1 2\n0.5 0.25\n`],
  ['x.cube', cube],
  ['vasprun.xml', vasprunText({ spins: 1 })],
];

const folder = mkdtempSync(join(tmpdir(), 'bravais-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function atoms(source: Parameters<typeof parseStructures>[0], file?: string): Promise<number[]> {
  const { structures } = await parseStructures(source, file === undefined ? {} : { file });
  expect(structures).toHaveLength(1);
  return Array.from(structures[0]!.structure.atomicNumbers);
}

describe.each(texts)('%s', (file, text) => {
  it('is known by its name, by its contents, and packed', async () => {
    expect(await atoms(text, file)).toEqual([11, 17]);
    expect(await atoms(text)).toEqual([11, 17]);
    expect(await atoms(gzipSync(text), `${file}.gz`)).toEqual([11, 17]);
    expect(await atoms(gzipSync(text))).toEqual([11, 17]);
    async function* stream(): AsyncGenerator<Uint8Array> {
      yield* [new TextEncoder().encode(text)];
    }
    expect(await atoms(stream(), file)).toEqual([11, 17]);
  });

  it('is read from disk', async () => {
    const path = join(folder, file);
    writeFileSync(path, text);
    const { structures } = await readStructures(path);
    expect(Array.from(structures[0]!.structure.atomicNumbers)).toEqual([11, 17]);
  });
});

describe('parseStructures', () => {
  it.each([
    ['an empty text', ''],
    ['words', 'This is no structure.\nIt is prose.\n'],
    ['a table', '1 2 3\n4 5 6\n'],
    ['binary data', new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])],
  ])('refuses %s', async (_what, source) => {
    await expect(parseStructures(source)).rejects.toMatchObject({
      name: 'FormatError',
      code: typeof source === 'string' ? 'DATA_UNSUPPORTED' : 'DATA_CORRUPT',
    });
  });

  it('refuses a DOSCAR by name, which holds no structure', async () => {
    await expect(parseStructures('x', { file: 'DOSCAR' })).rejects.toThrow('readDoscar');
  });

  it('reads the format that it is told', async () => {
    const { structures } = await parseStructures(poscar, { file: 'x.cif', format: 'poscar' });
    expect(structures[0]!.name).toBe('NaCl');
  });
});

describe('readStructures', () => {
  it('says what is wrong with a path', async () => {
    await expect(readStructures(join(folder, 'none.cif'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    await expect(readStructures(folder)).rejects.toMatchObject({ code: 'DATA_UNREADABLE' });
  });
});

describe('formatOfName', () => {
  it.each([
    ['a/b/LiFePO4.CIF', 'cif'],
    ['magnetic.mcif.gz', 'cif'],
    ['POSCAR-JVASP-10.vasp', 'poscar'],
    ['CONTCAR.relaxed', 'poscar'],
    ['CHGCAR.Fe3O4.gz', 'vasp-grid'],
    ['LOCPOT', 'vasp-grid'],
    ['CHG', 'vasp-grid'],
    ['CHGNet.txt', undefined],
    ['POSCAR.json', 'pymatgen-json'],
    ['vasprun.Si.xml.gz', 'vasprun'],
    ['DOSCAR', 'doscar'],
    ['md.extxyz', 'extxyz'],
    ['rho.cube', 'cube'],
    ['README.md', undefined],
  ])('%s: %s', (file, format) => {
    expect(formatOfName(file)).toBe(format);
  });
});
