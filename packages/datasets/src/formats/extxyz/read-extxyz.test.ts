import { describe, expect, it } from 'vitest';
import { readExtxyz } from './read-extxyz';

const LATTICE = 'Lattice="4 0 0 0 5 0 0 0 6"';
const frame = (comment: string, atoms = 'Na 0 0 0\nCl 2 2.5 3'): string => `2\n${comment}\n${atoms}\n`;

describe('readExtxyz', () => {
  it('reads several frames, with empty lines between', () => {
    const { structures } = readExtxyz(`${frame(LATTICE)}\n${frame(`${LATTICE} pbc="T T T"`)}\n`);
    expect(structures.map(({ name }) => name)).toEqual(['frame 1', 'frame 2']);
    expect(Array.from(structures[1]!.structure.fracCoords)).toEqual([0, 0, 0, 0.5, 0.5, 0.5]);
  });

  it('finds species and positions wherever Properties puts them, and names what it leaves out', () => {
    const text = frame(
      `energy=-3.2 ${LATTICE} Properties=id:I:1:pos:R:3:forces:R:3:species:S:1 note="a = \\"b\\"" stress={{1 2}, {3 4}} converged`,
      '1 0 0 0 1 1 1 Na\n2 2 2.5 3 1 1 1 Cl',
    );
    const [{ structure, notes }] = readExtxyz(text).structures as [
      ReturnType<typeof readExtxyz>['structures'][0],
    ];
    expect(Array.from(structure.atomicNumbers)).toEqual([11, 17]);
    expect(notes).toEqual(['left out: energy, note, stress, converged, id, forces']);
  });

  it('reads atomic numbers where there are no symbols', () => {
    const text = frame(`${LATTICE} Properties=Z:I:1:pos:R:3`, '11 0 0 0\n17 2 2.5 3');
    expect(Array.from(readExtxyz(text).structures[0]!.structure.atomicNumbers)).toEqual([11, 17]);
  });

  it('says where it takes an open direction as periodic', () => {
    const { notes } = readExtxyz(frame(`${LATTICE} pbc="T T F"`)).structures[0]!;
    expect(notes).toEqual(['taken as periodic along c, where the file says it is not']);
  });

  it.each([
    ['nothing', '', 'DATA_TRUNCATED', 0],
    ['a count alone', '2\n', 'DATA_TRUNCATED', 1],
    ['no count', frame(LATTICE).slice(2), 'DATA_INVALID', 1],
    ['a negative count', `-${frame(LATTICE)}`, 'DATA_INVALID', 1],
    ['a billion atoms', frame(LATTICE).replace('2', '1000000000'), 'DATA_TOO_LARGE', 1],
    ['a molecule', frame('water'), 'DATA_UNSUPPORTED', 2],
    ['eight lattice numbers', frame('Lattice="4 0 0 0 5 0 0 0"'), 'DATA_INVALID', 2],
    ['NaN in the lattice', frame('Lattice="4 0 0 0 NaN 0 0 0 6"'), 'DATA_INVALID', 2],
    ['an open quote', frame('Lattice="4 0 0 0 5 0 0 0 6'), 'DATA_INVALID', 2],
    ['open brackets', frame(`${LATTICE} a=${'['.repeat(1e5)}`), 'DATA_INVALID', 2],
    ['two lattices', frame(`${LATTICE} ${LATTICE}`), 'DATA_INVALID', 2],
    ['no position', frame(`${LATTICE} Properties=species:S:1`), 'DATA_INVALID', 2],
    ['a million columns', frame(`${LATTICE} Properties=species:S:1:pos:R:3:x:R:1000000`), 'DATA_INVALID', 2],
    ['wrong pbc', frame(`${LATTICE} pbc="T T"`), 'DATA_INVALID', 2],
    ['too few atoms', frame(LATTICE).replace('2\n', '3\n'), 'DATA_TRUNCATED', 4],
    ['too many atoms', frame(LATTICE).replace('2\n', '1\n'), 'DATA_INVALID', 4],
    ['too many columns', frame(LATTICE, 'Na 0 0 0 1\nCl 2 2.5 3'), 'DATA_INVALID', 3],
    ['an unknown element', frame(LATTICE, 'Na 0 0 0\nQq 2 2.5 3'), 'DATA_INVALID', 4],
    ['infinity', frame(LATTICE, 'Na 0 0 0\nCl inf 2.5 3'), 'DATA_INVALID', 4],
  ])('refuses %s', (_what, text, code, line) => {
    expect(() => readExtxyz(text, { file: 'a.xyz' })).toThrow(
      expect.objectContaining({ name: 'FormatError', code, line, file: 'a.xyz' }),
    );
  });

  it('holds to its limit of frames', () => {
    expect(() => readExtxyz(frame(LATTICE).repeat(3), { maxFrames: 2 })).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
  });
});
