import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toPymatgenDict } from '../../formats/pymatgen/write-pymatgen-json';
import { makeZip } from '../testing/make-zip';
import { halite, importFolder } from './testing/import-folder';

const { folder, put, imported } = importFolder();

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
    expect(await readdir(join(folder(), 'out'))).toEqual([]);
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
    const { records, refused } = await imported('materials-project', join(folder(), 'in'));
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
    const { records, refused, manifest } = await imported('multimat', join(folder(), 'in'));
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
