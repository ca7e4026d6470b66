import { generateGroup } from './generate-group';
import { parseTriplet } from './parse-operation';
import { determinant, multiply, type SymmetryOperation, tidyTranslation } from './symmetry-operation';

/** Centring translations of the lattice letters, obverse for R. */
const CENTRING: Readonly<Record<string, readonly (readonly number[])[]>> = {
  P: [],
  A: [[0, 1 / 2, 1 / 2]],
  B: [[1 / 2, 0, 1 / 2]],
  C: [[1 / 2, 1 / 2, 0]],
  I: [[1 / 2, 1 / 2, 1 / 2]],
  R: [[2 / 3, 1 / 3, 1 / 3]],
  H: [[2 / 3, 1 / 3, 0]],
  F: [
    [0, 1 / 2, 1 / 2],
    [1 / 2, 0, 1 / 2],
  ],
};

/** Translations that follow a rotation. */
const SHIFTS: Readonly<Record<string, readonly number[]>> = {
  a: [1 / 2, 0, 0],
  b: [0, 1 / 2, 0],
  c: [0, 0, 1 / 2],
  n: [1 / 2, 1 / 2, 1 / 2],
  u: [1 / 4, 0, 0],
  v: [0, 1 / 4, 0],
  w: [0, 0, 1 / 4],
  d: [1 / 4, 1 / 4, 1 / 4],
};

/** Rotations about z by order, as triplets; the other axes follow by permuting x, y, z. */
const ABOUT_Z: Readonly<Record<string, readonly number[]>> = {
  1: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  2: [-1, 0, 0, 0, -1, 0, 0, 0, 1],
  3: [0, -1, 0, 1, -1, 0, 0, 0, 1],
  4: [0, -1, 0, 1, 0, 0, 0, 0, 1],
  6: [1, -1, 0, 1, 0, 0, 0, 0, 1],
  /** twofold about a − b and a + b, threefold about a + b + c */
  "2'": [0, -1, 0, -1, 0, 0, 0, 0, -1],
  '2"': [0, 1, 0, 1, 0, 0, 0, 0, -1],
  '3*': [0, 0, 1, 1, 0, 0, 0, 1, 0],
};
const INVERSION: readonly number[] = [-1, 0, 0, 0, -1, 0, 0, 0, -1];
const ROTATION = /^(-?)([12346])([xyz]?)(['"=*]?)([1-5]?)([abcnuvwd]*)$/;

/**
 * The operations of a Hall symbol (`-P 2ybc`, `F 4d 2 3 -1d`), with a change of basis in brackets where there is one, or
 * `undefined` where it is none. Reference: Hall, Acta Cryst. A37, 517 (1981); International Tables B, appendix A1.4.2.
 */
export function hallOperations(symbol: string): SymmetryOperation[] | undefined {
  const [, body, basis] = /^([^()]*)(?:\(([^()]*)\))?\s*$/.exec(symbol.trim().replaceAll('_', ' ')) ?? [];
  const [lattice = '', ...rotations] = body?.trim().split(/\s+/) ?? [];
  const [, centric, letter] = /^(-?)([PABCIRHF])$/i.exec(lattice) ?? [];
  if (letter === undefined || rotations.length === 0 || rotations.length > 4) return undefined;
  const generators = CENTRING[letter.toUpperCase()]!.map((translation) => ({
    rotation: ABOUT_Z[1]!,
    translation,
  }));
  if (centric === '-') generators.push({ rotation: INVERSION, translation: [0, 0, 0] });
  let previous: { order: string; axis: string } | undefined;
  for (const word of rotations) {
    const read = rotationOf(word, previous);
    if (read === undefined) return undefined;
    generators.push(read.operation);
    previous = read;
  }
  const change = basis === undefined ? undefined : changeOfBasis(basis);
  if (basis !== undefined && change === undefined) return undefined;
  const changed = change === undefined ? generators : inNewBasis(generators, change);
  return changed === undefined ? undefined : generateGroup(changed);
}

function rotationOf(
  word: string,
  previous: { order: string; axis: string } | undefined,
): { operation: SymmetryOperation; order: string; axis: string } | undefined {
  const [, sign, order, givenAxis, diagonal, screw, shifts] = ROTATION.exec(word.toLowerCase()) ?? [];
  if (order === undefined) return undefined;
  const mark = diagonal === '=' ? '"' : diagonal || impliedDiagonal(order, givenAxis!, previous);
  const axis =
    givenAxis || (mark === "'" || mark === '"' ? (previous?.axis ?? 'z') : impliedAxis(order, previous));
  const matrix = ABOUT_Z[order + (mark ?? '')];
  if (matrix === undefined) return undefined;
  const rotation = alongAxis(matrix, axis);
  const translation = [0, 0, 0];
  if (screw) translation['xyz'.indexOf(axis)]! += Number(screw) / Number(order);
  for (const letter of shifts!) {
    for (let k = 0; k < 3; k++) translation[k]! += SHIFTS[letter]![k]!;
  }
  return {
    operation: {
      rotation: sign === '-' ? rotation.map((entry) => -entry + 0) : rotation,
      translation: translation.map(tidyTranslation),
    },
    order,
    axis,
  };
}

/** The second rotation is about a behind 2 or 4, about a − b behind 3 or 6; a threefold one behind others about a + b + c. */
function impliedDiagonal(order: string, givenAxis: string, previous: { order: string } | undefined): string {
  if (givenAxis !== '' || previous === undefined) return '';
  if (order === '2' && (previous.order === '3' || previous.order === '6')) return "'";
  return order === '3' ? '*' : '';
}

function impliedAxis(order: string, previous: { order: string } | undefined): string {
  return order === '2' && (previous?.order === '2' || previous?.order === '4') ? 'x' : 'z';
}

/** The matrix about z written for x or y by turning the names of the axes: z → x → y → z. */
function alongAxis(matrix: readonly number[], axis: string): number[] {
  const turn = axis === 'x' ? 1 : axis === 'y' ? 2 : 0;
  return Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [(Math.floor(k / 3) + 3 - turn) % 3, ((k % 3) + 3 - turn) % 3];
    return matrix[3 * i + j]!;
  });
}

interface BasisChange {
  readonly matrix: readonly number[];
  readonly shift: readonly number[];
}

/** `x-y,x,z+1/4` or a shift of the origin in twelfths, `0 0 -1`. */
function changeOfBasis(text: string): BasisChange | undefined {
  const twelfths = text.trim().split(/\s+/);
  if (twelfths.length === 3 && twelfths.every((word) => /^-?\d{1,2}$/.test(word))) {
    return { matrix: ABOUT_Z[1]!, shift: twelfths.map((word) => Number(word) / 12) };
  }
  const triplet = parseTriplet(text);
  if (triplet === undefined || Math.abs(determinant(triplet.rotation)) < 1e-3) return undefined;
  return { matrix: triplet.rotation, shift: triplet.translation };
}

/** V S V⁻¹ for each S, and the old lattice translations where they are fractions of the new cell. */
function inNewBasis(
  generators: readonly SymmetryOperation[],
  { matrix, shift }: BasisChange,
): SymmetryOperation[] | undefined {
  const inverse = invert(matrix);
  const moved: SymmetryOperation[] = [];
  for (const { rotation, translation } of generators) {
    const turned = multiply(multiply(matrix, rotation), inverse).map(
      (entry) => Math.round(entry * 1e6) / 1e6 + 0,
    );
    if (!turned.every(Number.isInteger)) return undefined;
    const times = (m: readonly number[], v: readonly number[], i: number): number =>
      m[3 * i]! * v[0]! + m[3 * i + 1]! * v[1]! + m[3 * i + 2]! * v[2]!;
    moved.push({
      rotation: turned,
      translation: [0, 1, 2].map((i) =>
        tidyTranslation(times(matrix, translation, i) + shift[i]! - times(turned, shift, i)),
      ),
    });
  }
  for (let axis = 0; axis < 3; axis++) {
    const translation = [0, 1, 2].map((i) => tidyTranslation(matrix[3 * i + axis]!));
    if (translation.some((w) => w !== 0)) moved.push({ rotation: ABOUT_Z[1]!, translation });
  }
  return moved;
}

function invert(m: readonly number[]): number[] {
  const scale = determinant(m);
  return Array.from({ length: 9 }, (_, k) => {
    const [row, column] = [k % 3, Math.floor(k / 3)];
    const at = (i: number, j: number): number => m[3 * ((row + i) % 3) + ((column + j) % 3)]!;
    return (at(1, 1) * at(2, 2) - at(1, 2) * at(2, 1)) / scale;
  });
}
