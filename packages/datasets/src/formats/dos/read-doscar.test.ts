import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { projectedRow } from './density-of-states';
import { readDoscar } from './read-doscar';

const POINTS = 3;
const TABLE_HEAD = '     10.00000000    -10.00000000    3      1.25000000      1.00000000';

/** A number that tells where it stands: table, energy, column. */
const value = (table: number, point: number, column: number): number => 100 * table + 10 * point + column / 8;

function table(index: number, columns: number): string {
  const rows = Array.from({ length: POINTS }, (_, point) => {
    const cells = Array.from({ length: columns }, (__, k) => value(index, point, k + 1).toExponential(6));
    return [`${(-10 + 10 * point).toFixed(3)}`, ...cells].join(' ');
  });
  return [TABLE_HEAD, ...rows, ''].join('\n');
}

function doscar(total: number, projected?: number, components = 0): string {
  const head = `   2   2   ${projected === undefined ? 0 : 1}   ${components}\n  0.1E+02 0.3E-09 0.3E-09 0.3E-09 0.5E-15\n  1.0E-04\n  CAR \n some system\n`;
  const tables = projected === undefined ? '' : table(1, projected) + table(2, projected);
  return head + table(0, total) + tables;
}

describe('readDoscar', () => {
  it('reads one spin', async () => {
    const { energiesEv, fermiEv, spins, total, integrated, projected } = await readDoscar(doscar(2));
    expect(Array.from(energiesEv)).toEqual([-10, 0, 10]);
    expect([fermiEv, spins, projected]).toEqual([1.25, ['total'], null]);
    expect(Array.from(total[0]!)).toEqual([0, 1, 2].map((point) => value(0, point, 1)));
    expect(Array.from(integrated[0]!)).toEqual([0, 1, 2].map((point) => value(0, point, 2)));
  });

  it('reads two spins', async () => {
    const { spins, total, integrated } = await readDoscar(doscar(4));
    expect(spins).toEqual(['up', 'down']);
    expect(total[1]![2]).toBe(value(0, 2, 2));
    expect(integrated[0]![1]).toBe(value(0, 1, 3));
  });

  it.each([
    ['s p d', 2, 3, 0, ['s', 'p', 'd'], ['total']],
    ['s to f', 2, 4, 0, ['s', 'p', 'd', 'f'], ['total']],
    ['lm', 2, 9, 0, 9, ['total']],
    ['lm of two spins', 4, 18, 0, 9, ['up', 'down']],
    ['lm to f', 2, 16, 0, 16, ['total']],
    ['s to f with magnetisation', 2, 16, 4, 4, ['total', 'mx', 'my', 'mz']],
    ['lm with magnetisation', 2, 36, 0, 9, ['total', 'mx', 'my', 'mz']],
  ])('reads projections: %s', async (_what, total, columns, components, orbitals, spins) => {
    const { projected } = await readDoscar(doscar(total, columns, components));
    if (Array.isArray(orbitals)) expect(projected!.orbitals).toEqual(orbitals);
    else expect(projected!.orbitals).toHaveLength(orbitals);
    expect(projected!.spins).toEqual(spins);
    expect(projected!.sites).toHaveLength(2);
    const spin = spins.length - 1;
    const row = projectedRow(projected!, 1, 2, spin);
    const column = 2 * spins.length + spin + 1;
    expect(Array.from(row)).toEqual([0, 1, 2].map((point) => value(2, point, column)));
  });

  it('leaves projections out where asked, and says so', async () => {
    const { projected, notes } = await readDoscar(doscar(2, 9), { projected: false });
    expect([projected, notes]).toEqual([null, ['projections were left out']]);
  });

  it('reads heads whose numbers touch', async () => {
    const touching = doscar(2).replace(
      TABLE_HEAD,
      '   1234.00000000-12345.0000000000003      1.25000000      1.00000000',
    );
    expect((await readDoscar(touching)).fermiEv).toBe(1.25);
  });

  it.each([
    ['nothing', '', 'DATA_TRUNCATED'],
    ['its head alone', doscar(2).split('\n').slice(0, 5).join('\n'), 'DATA_TRUNCATED'],
    ['a head of text', doscar(2).replace('2   2', 'two 2'), 'DATA_INVALID'],
    ['a billion energies', doscar(2).replace('    3  ', ' 1000000000 '), 'DATA_TOO_LARGE'],
    ['a billion ions', doscar(2).replace('2   2', '1000000000 2'), 'DATA_TOO_LARGE'],
    ['negative energies in number', doscar(2).replace('    3  ', '   -3  '), 'DATA_INVALID'],
    ['a table that is cut short', doscar(2).trim().split('\n').slice(0, -1).join('\n'), 'DATA_TRUNCATED'],
    ['stars', doscar(2).replace('1.250000e-1', '*********'), 'DATA_INVALID'],
    ['a column that is missing', doscar(2).replace(' 1.250000e-1', ''), 'DATA_INVALID'],
    ['energies that fall', doscar(2).replace('0.000 ', '-20.000 '), 'DATA_INVALID'],
    ['one ion of two', doscar(2, 9).split('\n').slice(0, 13).join('\n'), 'DATA_TRUNCATED'],
    ['seven columns', doscar(2, 7), 'DATA_INVALID'],
    [
      'the DOSCAR of LOBSTER',
      doscar(2, 9).replace('1.00000000\n', '1.00000000; Z= 9; 2s\n'),
      'DATA_UNSUPPORTED',
    ],
  ])('refuses %s', async (_what, text, code) => {
    await expect(readDoscar(text)).rejects.toMatchObject({ name: 'FormatError', code });
  });

  it('holds to its limit of projected values', async () => {
    await expect(readDoscar(doscar(2, 9), { maxProjectedValues: 53 })).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
    });
    const { projected } = await readDoscar(doscar(2, 9), { maxProjectedValues: 54 });
    expect(projected!.sites.reduce((sum, { length }) => sum + length, 0)).toBe(54);
  });

  it('gives finite numbers or a typed error after random edits', async () => {
    const edit = fc.record({
      at: fc.nat(900),
      remove: fc.nat(5),
      insert: fc.constantFrom('', '-', '0', '99999', 'NaN', ' ', '\n', '*', '.'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const text = edits.reduce(
          (now, { at, remove, insert }) => {
            const start = at % (now.length + 1);
            return now.slice(0, start) + insert + now.slice(start + remove);
          },
          doscar(4, 18),
        );
        try {
          const { energiesEv, total, integrated } = await readDoscar(text);
          for (const values of [...total, ...integrated]) {
            expect(values).toHaveLength(energiesEv.length);
            expect(values.every(Number.isFinite)).toBe(true);
          }
        } catch (error) {
          if (!(error instanceof DataError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
