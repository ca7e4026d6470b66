import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError } from '../../data-error';
import { StructureError } from '../../structure/structure-error';
import { projectedRow } from '../dos/density-of-states';
import { projectedValue, totalValue, vasprunText } from '../testing/vasprun-text';
import { readVasprun } from './read-vasprun';

const points = [0, 1, 2];

describe('readVasprun', () => {
  it('reads atoms and the final structure', async () => {
    const { structure, initialStructure, ionicSteps, notes } = await readVasprun(
      vasprunText({ spins: 1, steps: 3 }),
    );
    expect(Array.from(structure.atomicNumbers)).toEqual([11, 17]);
    expect(structure.latticeAngstrom[0]).toBe(6);
    expect(Array.from(structure.fracCoords)).toEqual([0, 0, 0, 0.5, 0.5, 0.5]);
    expect(initialStructure!.latticeAngstrom[0]).toBe(4);
    expect(ionicSteps).toBe(3);
    expect(notes).toEqual(['3 ionic steps: the structure is the final one']);
  });

  it.each([
    [1, ['total']],
    [2, ['up', 'down']],
  ])('reads the total of %d spins', async (count, spins) => {
    const { dos } = await readVasprun(vasprunText({ spins: count }));
    expect([dos!.spins, dos!.fermiEv, dos!.projected]).toEqual([spins, 0.5, null]);
    expect(Array.from(dos!.energiesEv)).toEqual([-1, 0, 1]);
    const spin = count - 1;
    expect(Array.from(dos!.total[spin]!)).toEqual(points.map((point) => totalValue(spin, point, 0)));
    expect(Array.from(dos!.integrated[spin]!)).toEqual(points.map((point) => totalValue(spin, point, 1)));
  });

  it.each([
    [1, 1, ['total']],
    [2, 2, ['up', 'down']],
    [1, 4, ['total', 'mx', 'my', 'mz']],
  ])('reads projections: total of %d, projections of %d', async (spins, projectedSpins, names) => {
    const { projected } = (await readVasprun(vasprunText({ spins, projectedSpins }))).dos!;
    expect(projected!.orbitals).toEqual(['s', 'py', 'pz', 'px', 'dx2-y2']);
    expect(projected!.spins).toEqual(names);
    const spin = projectedSpins - 1;
    expect(Array.from(projectedRow(projected!, 1, 3, spin))).toEqual(
      points.map((point) => projectedValue(1, spin, point, 3)),
    );
  });

  it('reads the same from bytes, from gzip and from single bytes', async () => {
    const text = vasprunText({ spins: 2, projectedSpins: 2 });
    const bytes = new TextEncoder().encode(text);
    async function* single(): AsyncGenerator<Uint8Array> {
      for (let i = 0; i < bytes.length; i++) yield bytes.subarray(i, i + 1);
    }
    const expected = await readVasprun(text);
    for (const source of [bytes, gzipSync(bytes), single()])
      expect(await readVasprun(source)).toEqual(expected);
  });

  it('leaves projections out where asked, and says so', async () => {
    const { dos } = await readVasprun(vasprunText({ spins: 1, projectedSpins: 1 }), { projected: false });
    expect([dos!.projected, dos!.notes]).toEqual([null, ['projections were left out']]);
  });

  it('reads the symbols that VASP misprints', async () => {
    const { structure, notes } = await readVasprun(
      vasprunText({ spins: 1 }).replace('<c>Na</c>', '<c>r </c>'),
    );
    expect(structure.atomicNumbers[0]).toBe(40);
    expect(notes).toEqual(['r, as VASP prints it, is read as Zr']);
  });

  const whole = vasprunText({ spins: 1, projectedSpins: 1 });
  it.each([
    ['nothing', '', 'DATA_TRUNCATED'],
    ['a run that was killed', whole.slice(0, -300), 'DATA_TRUNCATED'],
    ['a tag that is cut', whole.slice(0, -3), 'DATA_TRUNCATED'],
    ['other XML', '<html><body></body></html>', 'DATA_UNSUPPORTED'],
    ['an entity bomb', `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${whole}`, 'DATA_UNSUPPORTED'],
    ['tags that cross', whole.replace('</total>', '</dos>'), 'DATA_INVALID'],
    ['a million open tags', `<modeling>${'<a>'.repeat(1e6)}`, 'DATA_TOO_LARGE'],
    ['a tag without end', `<modeling><a ${'x'.repeat(1e6)}`, 'DATA_TOO_LARGE'],
    ['text without end', `<modeling><a>${'x'.repeat(1e6)}`, 'DATA_TOO_LARGE'],
    ['a second root', `${whole}<modeling></modeling>`, 'DATA_INVALID'],
    ['stars', whole.replace('0.5000 ', '****** '), 'DATA_INVALID'],
    ['NaN', whole.replace('0.5000 ', '   NaN '), 'DATA_INVALID'],
    ['an unknown element', whole.replace('<c>Na</c>', '<c>Qq</c>'), 'DATA_INVALID'],
    ['an atom too many', whole.replace('<rc><c>Na', '<rc><c>Na</c></rc><rc><c>Na'), 'DATA_INVALID'],
    [
      'two numbers for a position',
      whole.replaceAll('0.50000000       0.50000000       0.50000000', '0.5 0.5'),
      'DATA_INVALID',
    ],
    ['no Fermi level', whole.replace('efermi', 'fermi'), 'DATA_INVALID'],
    ['no structure', '<modeling></modeling>', 'DATA_INVALID'],
  ])('refuses %s', async (_what, text, code) => {
    await expect(readVasprun(text, { file: 'v.xml' })).rejects.toMatchObject({ name: 'FormatError', code });
  });

  it('holds to its limits', async () => {
    await expect(readVasprun(whole, { maxProjectedValues: 29 })).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
    });
    await expect(readVasprun(whole, { maxSites: 1 })).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
    await expect(readVasprun(new TextEncoder().encode(whole), { maxBytes: 100 })).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
    });
  });

  it('needs no more memory for a file a hundred times as large', async () => {
    const [head, rest] = whole.split('  <eigenvalues>') as [string, string];
    const kpoint = new TextEncoder().encode(
      `<set comment="kpoint 1">\n${'<r>   -10.4321    1.0000 </r>\n'.repeat(2000)}</set>\n`,
    );
    async function* large(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(`${head}<eigenvalues>`);
      for (let k = 0; k < 800; k++) yield kpoint;
      yield new TextEncoder().encode(`</eigenvalues><eigenvalues>${rest}`);
    }
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const { dos } = await readVasprun(large());
    expect(dos!.fermiEv).toBe(0.5);
    const megabytes = (process.memoryUsage().rss - before) / 2 ** 20;
    // 47 MB of text went by.
    expect(kpoint.length * 800).toBeGreaterThan(45e6);
    expect(megabytes).toBeLessThan(150);
  });

  it('gives sound results or a typed error after random edits', async () => {
    const edit = fc.record({
      at: fc.nat(whole.length),
      remove: fc.nat(8),
      insert: fc.constantFrom(
        '',
        '<',
        '>',
        '/',
        '"',
        '&',
        '-',
        '1e308',
        'NaN',
        '</set>',
        '<r>',
        '<!--',
        '\u0000',
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const text = edits.reduce(
          (now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove),
          whole,
        );
        try {
          const { structure, dos } = await readVasprun(text);
          expect(structure.fracCoords).toHaveLength(3 * structure.atomicNumbers.length);
          for (const values of dos?.total ?? []) expect(values).toHaveLength(dos!.energiesEv.length);
        } catch (error) {
          if (!(error instanceof DataError || error instanceof StructureError)) throw error;
        }
      }),
      { numRuns: 400 },
    );
  });
});
