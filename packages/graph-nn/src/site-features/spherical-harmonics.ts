/** Numbers of {@link sphericalHarmonics}: 2l + 1 for each l = 0, 1, 2. */
export const harmonicCount = 9;

const ORDER_0 = Math.sqrt(1 / (4 * Math.PI));
const ORDER_1 = Math.sqrt(3 / (4 * Math.PI));
const ORDER_2 = Math.sqrt(15 / (4 * Math.PI));
const ORDER_2_AXIAL = Math.sqrt(5 / (16 * Math.PI));

/**
 * Y_lm of the unit vector (x, y, z), real, for l = 0, 1, 2 and m = −l … l; Y_lm stands at l² + l + m.
 *
 * Y_00 = √(1/4π); Y_1m = √(3/4π) (y, z, x); Y_2m = √(15/4π) (xy, yz, (3z² − 1)/√12, xz, (x² − y²)/2). Orthonormal on the sphere, and
 * Σ_m Y_lm(a) Y_lm(b) = (2l + 1)/4π P_l(a · b).
 *
 * @param into takes the nine numbers
 */
export function sphericalHarmonics(x: number, y: number, z: number, into: Float64Array): void {
  into[0] = ORDER_0;
  into[1] = ORDER_1 * y;
  into[2] = ORDER_1 * z;
  into[3] = ORDER_1 * x;
  into[4] = ORDER_2 * x * y;
  into[5] = ORDER_2 * y * z;
  into[6] = ORDER_2_AXIAL * (3 * z * z - 1);
  into[7] = ORDER_2 * x * z;
  into[8] = (ORDER_2 / 2) * (x * x - y * y);
}
