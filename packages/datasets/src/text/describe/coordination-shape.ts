type Direction = readonly [number, number, number];

/** Where neighbours stand around a site. */
export interface CoordinationShape {
  /** `octahedron`. */
  readonly name: string;
  /** Names the body that the neighbours span, in the plural; null where they span none (lines, triangles, squares). */
  readonly body: string | null;
  readonly directions: readonly Direction[];
}

const SQRT3 = Math.sqrt(3);
const GOLDEN = (1 + Math.sqrt(5)) / 2;
const AXES: readonly Direction[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];
const TRIANGLE: readonly Direction[] = [
  [1, 0, 0],
  [-0.5, SQRT3 / 2, 0],
  [-0.5, -SQRT3 / 2, 0],
];
const SIGNS = [-1, 1];
const CUBE: readonly Direction[] = SIGNS.flatMap((x) =>
  SIGNS.flatMap((y) => SIGNS.map((z) => [x, y, z] as const)),
);
/** (±p, ±q, 0) and its cyclic exchanges. */
function cyclic(p: number, q: number): Direction[] {
  return SIGNS.flatMap((i) =>
    SIGNS.flatMap(
      (j) =>
        [
          [i * p, j * q, 0],
          [0, i * p, j * q],
          [j * q, 0, i * p],
        ] as const,
    ),
  );
}
/** A hexagon in the plane and triangles above and below it, the same way up: neighbours in hexagonal close packing. */
const ANTICUBOCTAHEDRON: readonly Direction[] = [
  ...Array.from({ length: 6 }, (_, k) => turned(k * 60, 0)),
  ...SIGNS.flatMap((z) => [30, 150, 270].map((degrees) => turned(degrees, z))),
];

function turned(degrees: number, side: number): Direction {
  const radius = side === 0 ? 1 : 1 / SQRT3;
  const angle = (degrees * Math.PI) / 180;
  return [radius * Math.cos(angle), radius * Math.sin(angle), side * Math.sqrt(2 / 3)];
}

const SHAPES: readonly CoordinationShape[] = [
  { name: 'straight line', body: null, directions: AXES.slice(0, 2) },
  { name: 'triangle', body: null, directions: TRIANGLE },
  {
    name: 'trigonal pyramid',
    body: null,
    directions: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  },
  { name: 'square', body: null, directions: AXES.slice(0, 4) },
  { name: 'tetrahedron', body: 'tetrahedra', directions: CUBE.filter(([x, y, z]) => x * y * z > 0) },
  { name: 'square pyramid', body: 'square pyramids', directions: AXES.slice(0, 5) },
  {
    name: 'trigonal bipyramid',
    body: 'trigonal bipyramids',
    directions: [...TRIANGLE, [0, 0, 1], [0, 0, -1]],
  },
  { name: 'octahedron', body: 'octahedra', directions: AXES },
  {
    name: 'trigonal prism',
    body: 'trigonal prisms',
    directions: SIGNS.flatMap((z) => TRIANGLE.map(([x, y]) => [x, y, (z * SQRT3) / 2] as const)),
  },
  { name: 'cube', body: 'cubes', directions: CUBE },
  { name: 'cuboctahedron', body: 'cuboctahedra', directions: cyclic(1, 1) },
  { name: 'anticuboctahedron', body: 'anticuboctahedra', directions: ANTICUBOCTAHEDRON },
  { name: 'icosahedron', body: 'icosahedra', directions: cyclic(1, GOLDEN) },
];

/** Angles of each shape, computed once. */
const IDEAL = SHAPES.map((shape) => ({ shape, angles: sortedAngles(shape.directions) }));
/**
 * Root mean square deviations of the sorted angles, in degrees: above the first a shape is distorted, above the second none. The octahedra
 * of rutile (5) are still called so, its triangles around oxygen (15) are distorted ones.
 */
const DISTORTED_DEGREES = 6;
const UNLIKE_DEGREES = 16;

/**
 * The shape whose angles between neighbours are nearest to these, and whether it is distorted; null where none is near.
 */
export function coordinationShape(
  directions: readonly Direction[],
): { readonly shape: CoordinationShape; readonly distorted: boolean } | null {
  const candidates = IDEAL.filter(({ shape }) => shape.directions.length === directions.length);
  if (candidates.length === 0) return null;
  const angles = sortedAngles(directions);
  const ranked = candidates
    .map(({ shape, angles: ideal }) => ({ shape, deviation: deviation(angles, ideal) }))
    .sort((p, q) => p.deviation - q.deviation);
  const { shape, deviation: least } = ranked[0]!;
  return least > UNLIKE_DEGREES ? null : { shape, distorted: least > DISTORTED_DEGREES };
}

/** All angles between two of the directions in degrees, rising. */
function sortedAngles(directions: readonly Direction[]): number[] {
  const angles: number[] = [];
  for (const [i, p] of directions.entries()) {
    for (const q of directions.slice(i + 1)) {
      const cos = (p[0] * q[0] + p[1] * q[1] + p[2] * q[2]) / (Math.hypot(...p) * Math.hypot(...q));
      angles.push((Math.acos(Math.max(-1, Math.min(1, cos))) * 180) / Math.PI);
    }
  }
  return angles.sort((a, b) => a - b);
}

function deviation(angles: readonly number[], ideal: readonly number[]): number {
  return Math.sqrt(angles.reduce((sum, angle, i) => sum + (angle - ideal[i]!) ** 2, 0) / angles.length);
}
