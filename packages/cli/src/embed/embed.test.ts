import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readStructures } from '@bravais/datasets/node';
import { DeviceError } from '@bravais/tensor-core';
import { openDevice } from '@bravais/tensor-core/node';
import { embedMaterials, prepareStructure, restoreModel } from '@bravais/trainer';
import { readModel } from '@bravais/trainer/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realServices } from '../services/real-services';
import type { Services } from '../services/services';
import { fakeServices, sampleEncoder } from '../testing/fake-services';
import { run } from '../testing/run';
import type { EmbeddedRow, EmbeddingRow, FailedRow } from './embedding-row';

const ROCK_SALT = `NaCl
5.64
0 .5 .5
.5 0 .5
.5 .5 0
Na Cl
1 1
Direct
0 0 0
.5 .5 .5
`;
const frame = (comment: string): string => `2
Lattice="3 0 0 0 3 0 0 0 3" Properties=species:S:1:pos:R:3 ${comment}
Cs 0 0 0
Cl 1.5 1.5 1.5
`;
const disordered = (species: readonly object[]): string =>
  JSON.stringify({
    lattice: { matrix: [[3, 0, 0], [0, 3, 0], [0, 0, 3]] }, // biome-ignore format: a matrix
    sites: [{ species, abc: [0, 0, 0] }],
  });

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bravais-embed-'));
  const files: readonly (readonly [string, string])[] = [
    ['POSCAR', ROCK_SALT],
    ['broken.vasp', ROCK_SALT.replace('1 1', '1 -1')],
    ['hydride.vasp', ROCK_SALT.replace('Na Cl', 'Na H')],
    ['three.xyz', frame('energy=1') + frame('energy=2').replace('Cs', 'H') + frame('energy=3')],
    [
      'alloy.json',
      disordered([
        { element: 'Fe', occu: 0.5 },
        { element: 'Ni', occu: 0.25 },
      ]),
    ],
    ['iron.json', disordered([{ element: 'Fe', occu: 1 }])],
    [
      'halves.json',
      disordered([
        { element: 'Fe', occu: 0.5 },
        { element: 'Fe', occu: 0.5 },
      ]),
    ],
  ];
  for (const [name, contents] of files) await writeFile(at(name), contents);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rowsOf = (text: string): EmbeddingRow[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EmbeddingRow);

describe('bravais embed', () => {
  it('writes a row a file and nothing else there', async () => {
    const out = at('plain.jsonl');
    const { exitCode, stdout } = await run(fakeServices(), [
      'embed',
      'runs/x',
      at('POSCAR'),
      at('alloy.json'),
      '--out',
      out,
    ]);
    expect([exitCode, stdout]).toEqual([0, `${out}: 2 embeddings of 2 numbers, 0 failed\n`]);
    const third = Number(Math.fround(1 / 3).toPrecision(9));
    expect(rowsOf(await readFile(out, 'utf8'))).toEqual([
      { id: at('POSCAR'), embedding: [2, third] },
      { id: at('alloy.json'), embedding: [1, third] },
    ]);
    expect(Math.fround(third)).toBe(Math.fround(1 / 3));
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('goes on after bad files and structures, in the order given, and ends with 1', async () => {
    const out = at('mixed.jsonl');
    const files = ['broken.vasp', 'POSCAR', 'missing.cif', 'three.xyz', 'hydride.vasp'].map(at);
    const { exitCode, stdout } = await run(fakeServices(), ['embed', 'runs/x', ...files, '--out', out]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('3 embeddings of 2 numbers, 4 failed');
    const rows = rowsOf(await readFile(out, 'utf8'));
    expect(rows.map(({ id, name }) => [id.slice(folder.length + 1), name])).toEqual([
      ['broken.vasp', undefined],
      ['POSCAR', undefined],
      ['missing.cif', undefined],
      ['three.xyz', 'frame 1'],
      ['three.xyz', 'frame 2'],
      ['three.xyz', 'frame 3'],
      ['hydride.vasp', undefined],
    ]);
    expect(rows.map((row) => ('error' in row ? row.error.code : 'ok'))).toEqual([
      'DATA_INVALID',
      'ok',
      'DATA_NOT_FOUND',
      'ok',
      'ISOLATED_SITE',
      'ok',
      'ISOLATED_SITE',
    ]);
    expect((rows[0] as FailedRow).error.message).toContain('broken.vasp:7 ');
  });

  it('keeps the order of many structures, batch after batch', async () => {
    const file = at('many.xyz');
    const frames = Array.from({ length: 200 }, (_, k) =>
      k % 30 === 7 ? frame(`k=${k}`).replace('Cs', 'H') : frame(`k=${k}`),
    );
    await writeFile(file, frames.join(''));
    const { stdout } = await run(fakeServices(), ['embed', 'runs/x', file, at('POSCAR')]);
    const rows = rowsOf(stdout);
    expect(rows.map(({ name }) => name)).toEqual([...frames.map((_, k) => `frame ${k + 1}`), undefined]);
    expect(rows.flatMap((row, k) => ('error' in row ? [k] : []))).toEqual([7, 37, 67, 97, 127, 157, 187]);
  });

  it('sends the rows to stdout without --out or with -, and the summary to stderr', async () => {
    for (const end of [[], ['--out', '-']]) {
      const { stdout, stderr } = await run(fakeServices(), ['embed', 'runs/x', at('POSCAR'), ...end]);
      expect(rowsOf(stdout)).toHaveLength(1);
      expect(stdout.match(/\n/g)).toHaveLength(1);
      expect(stderr).toContain('-: 1 embeddings of 2 numbers, 0 failed');
    }
  });

  it('prints one document with --json: the rows, or the count where they go to a file', async () => {
    const argv = ['embed', 'runs/x', at('POSCAR'), at('broken.vasp'), '--json'];
    const toStdout = await run(fakeServices(), argv);
    expect(JSON.parse(toStdout.stdout)).toMatchObject([
      { id: at('POSCAR'), ok: true, embedding: [2, expect.closeTo(1 / 3, 6)] },
      { id: at('broken.vasp'), ok: false, error: { code: 'DATA_INVALID' } },
    ]);
    const toFile = await run(fakeServices(), [...argv, '--out', at('json.jsonl')]);
    expect([toFile.exitCode, JSON.parse(toFile.stdout)]).toMatchObject([
      1,
      { ok: false, command: 'embed', model: 'runs/x', embeddings: 1, embeddingDim: 2, failed: [{}] },
    ]);
  });

  it('puts the blame on the structure that the device cannot take', async () => {
    const services = fakeServices({
      openStructureEncoder: async () => ({
        ...sampleEncoder,
        embed: async (prepared) => {
          if (prepared.some(({ graph }) => graph.atomicNumbers[0] === 26)) {
            throw new DeviceError('OUT_OF_MEMORY', 'too large');
          }
          return sampleEncoder.embed(prepared);
        },
      }),
    });
    const { exitCode, stdout } = await run(services, [
      'embed',
      'runs/x',
      ...['POSCAR', 'iron.json', 'three.xyz'].map(at),
    ]);
    expect(exitCode).toBe(1);
    expect(rowsOf(stdout).map((row) => ('error' in row ? row.error.code : 'ok'))).toEqual([
      'ok',
      'OUT_OF_MEMORY',
      'ok',
      'ISOLATED_SITE',
      'ok',
    ]);
  });

  it('says so where numbers are not finite', async () => {
    const services = fakeServices({
      openStructureEncoder: async () => ({
        ...sampleEncoder,
        embed: async (prepared) => new Float32Array(2 * prepared.length).fill(Number.NaN),
      }),
    });
    const { exitCode, stdout } = await run(services, ['embed', 'runs/x', at('POSCAR')]);
    expect([exitCode, rowsOf(stdout)]).toMatchObject([1, [{ error: { code: 'NOT_FINITE' } }]]);
  });

  it.each([
    ['the device is lost', new DeviceError('LOST', 'gone'), 1],
    ['Ctrl-C comes', null, 130],
  ])('leaves the old file as it was where %s', async (_when, failure, code) => {
    const out = at('kept.jsonl');
    await writeFile(out, 'old\n');
    const controller = new AbortController();
    const services = fakeServices({
      openStructureEncoder: async () => {
        if (failure === null) controller.abort();
        const embed = (): Promise<never> => Promise.reject(failure);
        return failure === null ? sampleEncoder : { ...sampleEncoder, embed };
      },
    });
    const argv = ['embed', 'runs/x', at('POSCAR'), '--out', out];
    const { exitCode } = await run(services, argv, controller.signal);
    expect(exitCode).toBe(code);
    expect(await readFile(out, 'utf8')).toBe('old\n');
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(services.calls.at(-1)).toBe('destroy');
  });

  it('refuses a folder as result before it computes', async () => {
    const services = fakeServices();
    const { exitCode, stderr } = await run(services, ['embed', 'runs/x', at('POSCAR'), '--out', folder]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--out must be a file, got the folder ${folder}. Name a file in it`);
    expect(services.calls).toEqual([]);
  });

  it('names the result file that cannot be written', async () => {
    const out = join(folder, 'nowhere', 'x.jsonl');
    const { exitCode, stderr } = await run(fakeServices(), ['embed', 'runs/x', at('POSCAR'), '--out', out]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${out}: must be a file that can be written, got ENOENT.`);
  });

  it.each([[['embed']], [['embed', 'runs/x']]])('%j is a usage error', async (argv) => {
    expect((await run(fakeServices(), argv)).exitCode).toBe(2);
  });

  it('says which folder is no model before it opens a device', async () => {
    const services: Services = { ...fakeServices(), readRunConfig: realServices().readRunConfig };
    const { exitCode, stderr } = await run(services, ['embed', folder, at('POSCAR')]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${folder}: must be a checkpoint folder`);
    expect((services as ReturnType<typeof fakeServices>).calls).toEqual([]);
  });
});

const MODEL = resolve(import.meta.dirname, '../../../../models/b1-first');

describe('a trained alignment', () => {
  it('embeds files as evaluation embeds materials', async () => {
    const files = ['POSCAR', 'alloy.json', 'iron.json', 'halves.json'];
    const { exitCode, stdout } = await run(realServices(), ['embed', MODEL, ...files.map(at)]);
    expect(exitCode).toBe(0);
    const rows = rowsOf(stdout) as EmbeddedRow[];
    const device = await openDevice();
    const model = restoreModel(device, await readModel(MODEL));
    const materials = [];
    for (const file of files) {
      const { structure } = (await readStructures(at(file))).structures[0]!;
      const prepared = { structure: prepareStructure(structure, model.config) };
      materials.push({ id: file, formula: file, split: 'test' as const, views: {}, ...prepared });
    }
    const [structures] = await embedMaterials(model, materials);
    device.destroy();
    expect(rows.flatMap(({ embedding }) => embedding.map(Math.fround))).toEqual([...structures!.rows]);
    expect(rows[2]!.embedding).toEqual(rows[3]!.embedding);
    expect(rows[2]!.embedding).not.toEqual(rows[1]!.embedding);
  });
});
