import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { writeCif } from '../../formats/cif/write-cif';
import { halite, importFolder } from './testing/import-folder';

const { folder, put, imported } = importFolder();

describe('cif', () => {
  it('joins id_prop.csv, refuses broken files alone, and says what has no file', async () => {
    await put('a.cif', writeCif(halite));
    await put('deep/b.cif.gz', gzipSync(writeCif(halite)));
    await put('broken.cif', 'data_x\nloop_\n_cell');
    await put('id_prop.csv', 'a,1.5\nb,-2,3\nmissing,7\n');
    const { records, refused, manifest } = await imported('cif', join(folder(), 'in'), {
      licence: 'cc0-1.0',
      date: '2026-02-03',
    });
    expect(records.map(({ id, formula, scalars }) => [id, formula, scalars])).toEqual([
      ['a', 'NaCl', { target: 1.5 }],
      ['b', 'NaCl', { target: -2, target2: 3 }],
    ]);
    expect(refused).toEqual([expect.stringMatching(/^broken DATA_/), 'missing DATA_NOT_FOUND']);
    expect(manifest).toMatchObject({ licence: 'cc0-1.0', date: '2026-02-03', name: 'out' });
    expect(await readFile(join(folder(), 'out', 'README.md'), 'utf8')).toContain('## Left out');
  });

  it('names the row of id_prop.csv that is wrong', async () => {
    await put('a.cif', writeCif(halite));
    await put('id_prop.csv', 'a,1\nb,high\n');
    await expect(imported('cif', join(folder(), 'in'))).rejects.toThrow(
      /id_prop\.csv:2 an id and numbers expected/,
    );
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
    const { records, refused } = await imported('jcamp', join(folder(), 'in'));
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

describe('every import', () => {
  it('refuses a place where there is nothing, and says the same id twice', async () => {
    await expect(imported('cif', join(folder(), 'nowhere'))).rejects.toMatchObject({
      code: 'DATA_NOT_FOUND',
    });
    await mkdir(join(folder(), 'in'));
    await expect(imported('cif', join(folder(), 'in'))).rejects.toMatchObject({ code: 'DATA_INVALID' });
    const { refused, records } = await imported('table', await put('t.csv', 'id,x\na,1\na,2\n'));
    expect([records.length, refused]).toEqual([1, ['a DATA_INVALID']]);
  });

  it('stops at the limit and when asked', async () => {
    const path = await put('t.csv', 'id,x\na,1\nb,2\nc,3\n');
    expect((await imported('table', path, { limit: 2 })).records).toHaveLength(2);
    await expect(imported('table', path, { signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
