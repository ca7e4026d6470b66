import { ELEMENTS, type Structure } from '@bravais/datasets';

/** An atom as it is seen. */
export interface DrawnAtom {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Site of the cell that it is, or an image of. */
  readonly site: number;
}

/** A crystal in a square of 100 by 100. */
export interface StructurePicture {
  /** From far to near. */
  readonly atoms: readonly DrawnAtom[];
  /** Edges of the cell: x, y of one end, x, y of the other. */
  readonly edges: readonly (readonly [number, number, number, number])[];
}

/** Where the eye is: a little to the right of and above the a axis laid towards it. */
const EYE = [0.88, 0.36, 0.3] as const;
/** Of a covalent radius: atoms that touch would hide each other. */
const RADIUS_SHARE = 0.45;
const SIDE = 100;
/** Å: an atom this near to a face is drawn on the face across as well. */
const ON_FACE = 1e-3;
/** Larger cells are drawn without images. */
const MOST_WITH_IMAGES = 60;
const CORNERS = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1] as const);

type Vector = readonly [number, number, number];

/** The cell of a crystal by orthographic projection: its edges, its atoms, and images of those that lie on a face of the cell. */
export function structurePicture({
  latticeAngstrom,
  fracCoords,
  atomicNumbers,
}: Structure): StructurePicture {
  const view = viewOf(EYE);
  const place = (frac: Vector): Vector => view(cartesian(latticeAngstrom, frac));
  const withImages = atomicNumbers.length <= MOST_WITH_IMAGES;
  const seen = Array.from(atomicNumbers, (z, site) => {
    const frac = [fracCoords[3 * site]!, fracCoords[3 * site + 1]!, fracCoords[3 * site + 2]!] as const;
    const radius = RADIUS_SHARE * ELEMENTS[z - 1]!.covalentRadiusAngstrom;
    return (withImages ? imagesOf(frac) : [frac]).map((image) => ({ at: place(image), radius, site }));
  }).flat();
  const lines = CORNERS.flatMap((corner) =>
    [0, 1, 2]
      .filter((axis) => corner[axis] === 0)
      .map((axis) => {
        const other = corner.map((value, k) => (k === axis ? 1 : value)) as unknown as Vector;
        return [place(corner), place(other)] as const;
      }),
  );
  const fit = fitting([
    ...seen.map(({ at, radius }) => ({ at, radius })),
    ...lines.flat().map((at) => ({ at, radius: 0 })),
  ]);
  return {
    atoms: seen
      .sort((a, b) => a.at[2] - b.at[2] || a.site - b.site)
      .map(({ at, radius, site }) => ({ ...fit.point(at), radius: fit.scale * radius, site })),
    edges: lines.map(([from, to]) => {
      const [a, b] = [fit.point(from), fit.point(to)];
      return [a.x, a.y, b.x, b.y];
    }),
  };
}

/** Right, up and towards the eye. */
function viewOf(eye: Vector): (r: Vector) => Vector {
  const towards = unit(eye);
  const right = unit([-towards[1], towards[0], 0]);
  const up: Vector = [
    towards[1] * right[2] - towards[2] * right[1],
    towards[2] * right[0] - towards[0] * right[2],
    towards[0] * right[1] - towards[1] * right[0],
  ];
  const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  return (r) => [dot(r, right), dot(r, up), dot(r, towards)];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

function cartesian(lattice: Float64Array, [u, v, w]: Vector): Vector {
  const along = (k: number): number => u * lattice[k]! + v * lattice[3 + k]! + w * lattice[6 + k]!;
  return [along(0), along(1), along(2)];
}

/** A place in the cell and its images on the faces across. */
function imagesOf(frac: Vector): Vector[] {
  return CORNERS.filter((shift) => shift.every((step, k) => step === 0 || frac[k]! < ON_FACE)).map(
    (shift) => [frac[0] + shift[0], frac[1] + shift[1], frac[2] + shift[2]],
  );
}

/** What puts everything into the square, y downwards. */
function fitting(items: readonly { readonly at: Vector; readonly radius: number }[]): {
  readonly scale: number;
  point(at: Vector): { x: number; y: number };
} {
  const bound = (axis: 0 | 1, sign: 1 | -1): number =>
    items.reduce(
      (most, { at, radius }) => Math.max(most, sign * at[axis] + radius),
      Number.NEGATIVE_INFINITY,
    );
  const [right, left, top, bottom] = [bound(0, 1), -bound(0, -1), bound(1, 1), -bound(1, -1)];
  const scale = SIDE / Math.max(right - left, top - bottom);
  return {
    scale,
    point: ([x, y]) => ({
      x: SIDE / 2 + scale * (x - (left + right) / 2),
      y: SIDE / 2 - scale * (y - (top + bottom) / 2),
    }),
  };
}
