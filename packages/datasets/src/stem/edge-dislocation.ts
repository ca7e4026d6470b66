/** Displacements are those at this share of |b| for points nearer to the line, where elasticity ends. */
const CORE_RADIUS = 0.25;

/**
 * u(x, y) of a straight edge dislocation along z with Burgers vector b along +x, in an isotropic medium of Poisson ratio ν:
 *
 *     u_x = b/2π (atan2(y, x) + x y / (2 (1 − ν) r²))
 *     u_y = −b/2π ((1 − 2ν) / (4 (1 − ν)) ln(r²/b²) + (x² − y²) / (4 (1 − ν) r²))
 *
 * The cut, where u_x jumps by b, is the half line y = 0, x < 0: lattices on both sides match across it where b is a lattice
 * translation. Source: Hirth and Lothe, Theory of Dislocations, 2nd ed. (Wiley 1982), ch. 3.4.
 *
 * @param x @param y Å from the line
 * @param burgersAngstrom b
 */
export function edgeDisplacement(
  x: number,
  y: number,
  burgersAngstrom: number,
  poissonRatio: number,
): [x: number, y: number] {
  const squared = Math.max(x * x + y * y, (CORE_RADIUS * burgersAngstrom) ** 2);
  const rigidity = 1 - poissonRatio;
  const scale = burgersAngstrom / (2 * Math.PI);
  const logarithm = ((1 - 2 * poissonRatio) / (4 * rigidity)) * Math.log(squared / burgersAngstrom ** 2);
  return [
    scale * (Math.atan2(y, x) + (x * y) / (2 * rigidity * squared)),
    -scale * (logarithm + (x * x - y * y) / (4 * rigidity * squared)),
  ];
}
