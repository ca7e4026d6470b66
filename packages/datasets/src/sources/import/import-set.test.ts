import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCif } from '../../formats/cif/write-cif';
import { toPymatgenDict } from '../../formats/pymatgen/write-pymatgen-json';
import { createStructure } from '../../structure/create-structure';
import type { SourceRecord } from '../source-record';
import { readSet } from '../store/read-set';
import { makeZip } from '../testing/make-zip';
import { IMPORT_KINDS } from './import-kinds';
import { type ImportOptions, importSet } from './import-set';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-import-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = async (name: string, contents: string | Uint8Array): Promise<string> => {
  const path = join(folder, 'in', name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, contents);
  return path;
};

async function imported(kind: string, path: string, options: ImportOptions = {}) {
  const out = join(folder, 'out');
  const manifest = await importSet(out, IMPORT_KINDS[kind]!, [path], options);
  const records: SourceRecord[] = [];
  for await (const record of readSet(out)) records.push(record);
  return { manifest, records, refused: manifest.refused.first.map(({ id, code }) => `${id} ${code}`) };
}

const halite = createStructure({
  latticeAngstrom: [0, 2.82, 2.82, 2.82, 0, 2.82, 2.82, 2.82, 0],
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: ['Na', 'Cl'],
});

describe('cif', () => {
  it('joins id_prop.csv, refuses broken files alone, and says what has no file', async () => {
    await put('a.cif', writeCif(halite));
    await put('deep/b.cif.gz', gzipSync(writeCif(halite)));
    await put('broken.cif', 'data_x\nloop_\n_cell');
    await put('id_prop.csv', 'a,1.5\nb,-2,3\nmissing,7\n');
    const { records, refused, manifest } = await imported('cif', join(folder, 'in'), {
      licence: 'cc0-1.0',
      date: '2026-02-03',
    });
    expect(records.map(({ id, formula, scalars }) => [id, formula, scalars])).toEqual([
      ['a', 'NaCl', { target: 1.5 }],
      ['b', 'NaCl', { target: -2, target2: 3 }],
    ]);
    expect(refused).toEqual([expect.stringMatching(/^broken DATA_/), 'missing DATA_NOT_FOUND']);
    expect(manifest).toMatchObject({ licence: 'cc0-1.0', date: '2026-02-03', name: 'out' });
    expect(await readFile(join(folder, 'out', 'README.md'), 'utf8')).toContain('## Left out');
  });

  it('names the row of id_prop.csv that is wrong', async () => {
    await put('a.cif', writeCif(halite));
    await put('id_prop.csv', 'a,1\nb,high\n');
    await expect(imported('cif', join(folder, 'in'))).rejects.toThrow(
      /id_prop\.csv:2 an id and numbers expected/,
    );
  });
});

describe('jarvis', () => {
  const atoms = {
    lattice_mat: [[0, 2.82, 2.82], [2.82, 0, 2.82], [2.82, 2.82, 0]], // biome-ignore format: a matrix
    coords: [[0, 0, 0], [0.5, 0.5, 0.5]], // biome-ignore format: coordinates
    elements: ['Na', 'Cl'],
    cartesian: false,
  };
  const entries = [
    {
      jid: 'JVASP-1',
      atoms,
      formation_energy_peratom: -2,
      mbj_bandgap: 'na',
      spectrum: [1, 2, 3],
      func: 'OptB88vdW',
      icsd: 'na',
    },
    { jid: 'JVASP-2', formula: 'ClNa', atoms: { ...atoms, cartesian: true, coords: [[0, 0, 0], [2.82, 2.82, 2.82]] } }, // biome-ignore format: coordinates
    { jid: 'JVASP-3', atoms: { ...atoms, elements: ['Na', 'Qq'] } },
    { jid: 'JVASP-4', atoms: { ...atoms, coords: [[0, 0, 0]] } },
    7,
  ];

  it.each([
    ['x.json', (text: string) => Buffer.from(text)],
    ['x.json.gz', (text: string) => gzipSync(text)],
    ['x.json.zip', (text: string) => makeZip([{ name: 'x.json', data: text, deflate: true }])],
  ])('reads %s', async (name, pack) => {
    const path = await put(name, pack(JSON.stringify(entries)));
    const { records, refused } = await imported('jarvis', path);
    expect(records[0]).toMatchObject({
      id: 'JVASP-1',
      formula: 'NaCl',
      scalars: { formation_energy_peratom: -2 },
      texts: { func: 'OptB88vdW' },
    });
    expect(Array.from(records[0]!.arrays.spectrum!.data)).toEqual([1, 2, 3]);
    expect(Array.from(records[1]!.structure!.fracCoords, (x) => Math.round(1e6 * x) / 1e6)).toEqual([
      0, 0, 0, 0.5, 0.5, 0.5,
    ]);
    expect(refused).toEqual(['JVASP-3 UNKNOWN_ELEMENT', 'JVASP-4 DATA_INVALID', 'entry 4 DATA_INVALID']);
  });

  it('leaves nothing behind where the file is cut short or the archive has two of them', async () => {
    const cut = await put('cut.json', JSON.stringify(entries).slice(0, -30));
    await expect(imported('jarvis', cut)).rejects.toMatchObject({ code: 'DATA_TRUNCATED' });
    const two = await put('two.zip', makeZip([{ name: 'a.json', data: '[]' }, { name: 'b.json', data: '[]' }])); // biome-ignore format: files
    await expect(imported('jarvis', two)).rejects.toMatchObject({ code: 'DATA_INVALID' });
    expect(await readdir(join(folder, 'out'))).toEqual([]);
  });
});

describe('matbench', () => {
  it('reads structures and targets, and compositions', async () => {
    const table = {
      index: [0, 1, 2],
      columns: ['structure', 'gap pbe', 'is_metal'],
      data: [[toPymatgenDict(halite), 5.1, false], [{ lattice: 1 }, 1, true], [1]], // biome-ignore format: rows
    };
    const path = await put('matbench_mp_gap.json.gz', gzipSync(JSON.stringify(table)));
    const { records, refused } = await imported('matbench', path);
    expect(records).toMatchObject([
      { id: 'matbench_mp_gap-0', formula: 'NaCl', scalars: { 'gap pbe': 5.1, is_metal: 0 } },
    ]);
    expect(records[0]!.structure!.latticeAngstrom).toEqual(halite.latticeAngstrom);
    expect(refused).toEqual(['matbench_mp_gap-1 DATA_INVALID', 'matbench_mp_gap-2 DATA_INVALID']);
    const steels = { index: ['s'], columns: ['composition', 'yield strength'], data: [['Fe0.6C0.4', 2411]] };
    const words = await imported('matbench', await put('steels.json', JSON.stringify(steels)));
    expect(words.records).toMatchObject([
      { id: 'steels-s', formula: 'Fe0.6C0.4', scalars: { 'yield strength': 2411 } },
    ]);
  });

  it('refuses another document', async () => {
    await expect(imported('matbench', await put('a.json', '{"x": 1}'))).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
    await expect(
      imported('matbench', await put('b.json', '{"data": [[1]], "columns": ["a"]}')),
    ).rejects.toMatchObject({
      code: 'DATA_UNSUPPORTED',
    });
  });
});

describe('synthesis', () => {
  it('writes procedures of mined operations and leaves the paragraphs out', async () => {
    const reaction = {
      doi: '10.1/x',
      paragraph_string: 'Text of a publisher.',
      synthesis_type: 'solid-state',
      reaction_string: '0.5 A == 1 B',
      target: { material_formula: 'Ba2HoTaO6', mp_id: 'mp-13000' },
      precursors: [{ material_formula: 'Ta2O5' }, { material_formula: 'BaCO3' }],
      operations: [
        { type: 'MixingOperation', token: 'ground', conditions: { mixing_media: 'acetone' } },
        {
          type: 'HeatingOperation',
          token: 'heated',
          conditions: {
            heating_temperature: [{ max_value: 1473.15, units: 'K' }],
            heating_time: [{ max_value: 30, units: 'min' }],
            heating_atmosphere: ['O2'],
          },
        },
      ],
    };
    const path = await put(
      'solid.json',
      JSON.stringify({ release_date: 'x', reactions: [reaction, { doi: 'y' }] }),
    );
    const { records, refused } = await imported('synthesis', path);
    expect(records).toEqual([
      {
        id: 'solid-0',
        formula: 'Ba2HoTaO6',
        scalars: { maxTemperatureCelsius: 1200, totalHours: 0.5 },
        texts: {
          procedure: 'Ground with acetone. Heated at 1473.15 K for 30 min in O2.',
          doi: '10.1/x',
          reaction: '0.5 A == 1 B',
          precursors: 'Ta2O5, BaCO3',
          synthesisType: 'solid-state',
          targetId: 'mp-13000',
        },
        arrays: {},
      },
    ]);
    expect(refused).toEqual(['solid-1 DATA_INVALID']);
    expect(
      (await imported('synthesis', await put('list.json', JSON.stringify([reaction])))).records,
    ).toHaveLength(1);
  });
});

describe('jcamp and table', () => {
  it('reads spectra with their compound', async () => {
    const lines = [
      '##TITLE=Ethanol',
      '##MOLFORM=C2 H6 O',
      '##XUNITS=1/CM',
      '##FIRSTX=1',
      '##LASTX=2',
      '##NPOINTS=2',
      '##XYDATA=(X++(Y..Y))',
      '1 5 6',
      '##END=',
    ];
    await put('64-17-5-IR.jdx', lines.join('\n'));
    await put('bad.jdx', lines.join('\n').replace('1 5 6', '1 5'));
    const { records, refused } = await imported('jcamp', join(folder, 'in'));
    expect(records).toMatchObject([
      { id: '64-17-5-IR', formula: 'C2H6O', texts: { title: 'Ethanol', xUnits: '1/CM' } },
    ]);
    expect(Array.from(records[0]!.arrays.spectrumY!.data)).toEqual([5, 6]);
    expect(refused).toEqual(['bad DATA_TRUNCATED']);
  });

  it.each([',', '\t', ';'])('reads a table with %j between its cells', async (mark) => {
    const rows = [
      ['CAS', 'formula', 'Density (g/cm3)', 'note'],
      ['7647-14-5', 'NaCl', '2.165', '"a ""quoted""\nnote"'],
      ['1317-38-0', 'CuO', '-', ''],
    ];
    const text = `${rows.map((row) => row.join(mark)).join('\r\n')}\r\nshort${mark}X\r\n`;
    const { records, refused } = await imported('table', await put('t.csv', text));
    expect(records).toEqual([
      {
        id: '7647-14-5',
        formula: 'NaCl',
        scalars: { 'Density (g/cm3)': 2.165 },
        texts: { note: 'a "quoted"\nnote' },
        arrays: {},
      },
      { id: '1317-38-0', formula: 'CuO', scalars: {}, texts: {}, arrays: {} },
    ]);
    expect(refused).toEqual(['short DATA_INVALID']);
  });

  it.each([
    ['1,2\n3,4\n', 'DATA_INVALID'],
    ['a,a\n1,2\n', 'DATA_INVALID'],
    ['a,b\n"1,2\n', 'DATA_TRUNCATED'],
    ['a,b\n"1"x,2\n', 'DATA_INVALID'],
  ])('refuses the table %j', async (text, code) => {
    await expect(imported('table', await put('t.csv', text))).rejects.toMatchObject({ code });
  });
});

describe('materials-project and multimat', () => {
  it('reads documents of the open-data bucket', async () => {
    const grid = [[[28, 0]], [[0, 56]]];
    const chgcar = {
      poscar: { structure: toPymatgenDict(halite) },
      data: { total: { '@class': 'array', data: grid }, diff: null },
    };
    await put('chgcars/mp-1.json.gz', gzipSync(JSON.stringify({ fs_id: 'x', data: chgcar })));
    await put(
      'chgcars/mp-2.json',
      JSON.stringify({ data: { ...chgcar, data: { total: [[[1, 2]], [[3]]] } } }),
    );
    await put(
      'dos/mp-3.json',
      JSON.stringify({
        efermi: 1,
        energies: [0, 1],
        densities: { 1: [2, 3] },
        structure: toPymatgenDict(halite),
      }),
    );
    await put('dos/mp-4.json', JSON.stringify({ efermi: null, energies: [0], densities: { 1: [2] } }));
    const { records, refused } = await imported('materials-project', join(folder, 'in'));
    expect(records.map(({ id }) => id)).toEqual(['mp-1', 'mp-3']);
    const { shape, data } = records[0]!.arrays.chargeDensity!;
    expect(shape).toEqual([2, 1, 2]);
    // The mean is the number of electrons in the cell divided by its volume.
    expect(Array.from(data).reduce((sum, value) => sum + value, 0) / 4).toBeCloseTo(21 / (2 * 2.82 ** 3), 6);
    expect(Array.from(records[1]!.arrays.dosEnergyEv!.data)).toEqual([-1, 0]);
    expect(refused).toEqual(['mp-2 DATA_INVALID', 'mp-4 DATA_INVALID']);
  });

  it('joins .pt files by material, and refuses the one that needs a class', async () => {
    const pt = (pickle: string, data?: Uint8Array) =>
      makeZip([
        { name: 'a/data.pkl', data: Buffer.from(pickle, 'latin1') },
        ...(data ? [{ name: 'a/data/0', data }] : []),
      ]);
    const tensor =
      'ctorch._utils\n_rebuild_tensor_v2\n((U\x07storagectorch\nFloatStorage\nU\x010U\x03cpuK\x02tQK\x00K\x02\x85K\x01\x85\x89ccollections\nOrderedDict\n)RtR';
    const floats = Buffer.from(Float32Array.of(3, 4).buffer);
    await put('bulk_modulus.pt', pt('}(U\x05mp-10G\x40\x45\0\0\0\0\0\0U\x04mp-2K\x07u.'));
    await put(
      'dos_allmpids.pt',
      pt(
        `}(U\x04mp-2}(U\x06existsK\x01U\x04data${tensor}uU\x05mp-10}(U\x06existsK\x00U\x04data${tensor}uu.`,
        floats,
      ),
    );
    await put('charge_density/mp-2.pt', pt(`${tensor}.`, floats));
    await put('crystal_potnet.pt', pt('ctorch_geometric.data.data\nData\n)\x81.'));
    const { records, refused, manifest } = await imported('multimat', join(folder, 'in'));
    expect(records.map(({ id, scalars }) => [id, scalars])).toEqual([
      ['mp-2', { bulk_modulus: 7 }],
      ['mp-10', { bulk_modulus: 42 }],
    ]);
    expect(Object.keys(records[0]!.arrays).sort()).toEqual(['charge_density', 'dos_allmpids']);
    expect(records[1]!.arrays).toEqual({});
    expect(refused).toEqual(['crystal_potnet DATA_UNSUPPORTED']);
    expect(manifest.refused.first[0]!.message).toContain('torch_geometric.data.data.Data');
  });
});

describe('every import', () => {
  it('refuses a place where there is nothing, and says the same id twice', async () => {
    await expect(imported('cif', join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'DATA_NOT_FOUND' });
    await mkdir(join(folder, 'in'));
    await expect(imported('cif', join(folder, 'in'))).rejects.toMatchObject({ code: 'DATA_INVALID' });
    const { refused, records } = await imported('table', await put('t.csv', 'id,x\na,1\na,2\n'));
    expect([records.length, refused]).toEqual([1, ['a DATA_INVALID']]);
  });

  it('stops at the limit and when asked', async () => {
    const path = await put('t.csv', 'id,x\na,1\nb,2\nc,3\n');
    expect((await imported('table', path, { limit: 2 })).records).toHaveLength(2);
    await expect(imported('table', path, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
