import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStructure, type StructureInput } from './create-structure';
import { latticeFromParameters } from './lattice';
import { StructureError } from './structure-error';

const cube = [4, 0, 0, 0, 4, 0, 0, 0, 4];

function codeOf(input: StructureInput): string {
  try {
    createStructure(input, 'crystals.jsonl:7');
    return 'none';
  } catch (error) {
    if (!(error instanceof StructureError)) throw error;
    expect(error.message.startsWith('crystals.jsonl:7 ')).toBe(true);
    expect(error.message).toMatch(/ expected.*, got .*\. [A-Z]/s);
    return error.code;
  }
}

describe('createStructure', () => {
  it('wraps coordinates to [0, 1) and copies its input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (site) => {
          const { fracCoords } = createStructure({
            latticeAngstrom: cube,
            fracCoords: site,
            atomicNumbers: [14],
          });
          for (let k = 0; k < 3; k++) {
            expect(fracCoords[k]).toBeGreaterThanOrEqual(0);
            expect(fracCoords[k]).toBeLessThan(1);
            const turns = site[k]! - fracCoords[k]!;
            expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-9);
          }
        },
      ),
    );
    expect(
      createStructure({ latticeAngstrom: cube, fracCoords: [-1e-18, 0, 0], atomicNumbers: [14] })
        .fracCoords[0],
    ).toBe(0);
  });

  it('names what is wrong', () => {
    const one = { latticeAngstrom: cube, fracCoords: [0, 0, 0], atomicNumbers: ['Si'] };
    expect(codeOf(one)).toBe('none');
    expect(codeOf({ ...one, fracCoords: [], atomicNumbers: [] })).toBe('NO_ATOMS');
    expect(codeOf({ ...one, fracCoords: [0, 0] })).toBe('SHAPE_MISMATCH');
    expect(codeOf({ ...one, latticeAngstrom: cube.slice(0, 6) })).toBe('SHAPE_MISMATCH');
    expect(codeOf({ ...one, latticeAngstrom: [4, 0, 0, 0, Number.NaN, 0, 0, 0, 4] })).toBe('NON_FINITE');
    expect(codeOf({ ...one, fracCoords: [0, Number.POSITIVE_INFINITY, 0] })).toBe('NON_FINITE');
    expect(codeOf({ ...one, latticeAngstrom: new Array(9).fill(0) })).toBe('SINGULAR_LATTICE');
    expect(codeOf({ ...one, latticeAngstrom: [4, 0, 0, 4, 0, 0, 0, 0, 4] })).toBe('SINGULAR_LATTICE');
    expect(codeOf({ ...one, atomicNumbers: ['Xx'] })).toBe('UNKNOWN_ELEMENT');
    expect(codeOf({ ...one, atomicNumbers: ['si'] })).toBe('UNKNOWN_ELEMENT');
    for (const z of [0, 119, 14.5, Number.NaN])
      expect(codeOf({ ...one, atomicNumbers: [z] })).toBe('UNKNOWN_ELEMENT');
    expect(
      codeOf({ ...one, fracCoords: new Float64Array(300_003), atomicNumbers: new Uint8Array(100_001) }),
    ).toBe('TOO_MANY_ATOMS');
    expect(() => latticeFromParameters(3, 3, 3, 120, 120, 121)).toThrow(
      expect.objectContaining({ code: 'INVALID_CELL' }),
    );
    expect(() => latticeFromParameters(3, 0, 3, 90, 90, 90)).toThrow(
      expect.objectContaining({ code: 'INVALID_CELL' }),
    );
    expect(() => latticeFromParameters(3, Number.NaN, 3, 90, 90, 90)).toThrow(
      expect.objectContaining({ code: 'NON_FINITE' }),
    );
  });

  it('finds two atoms on one site wherever the cell boundary runs, and only then', () => {
    const lattice = latticeFromParameters(5, 6, 7, 80, 95, 110);
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fraction,
        fraction,
        fraction,
        fc.integer({ min: 0, max: 2 }),
        fc.boolean(),
        (x, y, z, axis, close) => {
          const first = [x, y, z];
          const shiftAngstrom = close ? 0.29 : 0.31;
          const edge = Math.hypot(...lattice.slice(3 * axis, 3 * axis + 3));
          const second = first.map((value, k) => value + (k === axis ? shiftAngstrom / edge : 0) + 3);
          const code = codeOf({
            latticeAngstrom: lattice,
            fracCoords: [...second, ...first],
            atomicNumbers: [3, 9],
          });
          expect(code).toBe(close ? 'OVERLAPPING_SITES' : 'none');
        },
      ),
    );
  });

  it('finds an atom that overlaps its own image in a lattice with a short diagonal', () => {
    const lattice = [5, 0, 0, 5, 0.2, 0, 0, 0, 5];
    expect(codeOf({ latticeAngstrom: lattice, fracCoords: [0.3, 0.3, 0.3], atomicNumbers: [26] })).toBe(
      'OVERLAPPING_SITES',
    );
    expect(
      codeOf({ latticeAngstrom: [5, 0, 0, 5, 0.4, 0, 0, 0, 5], fracCoords: [0, 0, 0], atomicNumbers: [26] }),
    ).toBe('none');
  });
});
