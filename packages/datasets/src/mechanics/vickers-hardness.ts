/**
 * H = 2 (k² G)^0.585 − 3 with k = G / K, in GPa; negative for soft solids, which the fit does not cover.
 *
 * Chen, Niu, Li, Li, Intermetallics 19, 1275 (2011), equation 7.
 *
 * @param bulkModulusGPa K > 0
 * @param shearModulusGPa G > 0
 * @example
 * ```ts
 * chenHardnessGPa(442, 535.5); // diamond, 95.8
 * ```
 */
export function chenHardnessGPa(bulkModulusGPa: number, shearModulusGPa: number): number {
  const pugh = shearModulusGPa / bulkModulusGPa;
  return 2 * (pugh ** 2 * shearModulusGPa) ** 0.585 - 3;
}

/**
 * H = 0.92 k^1.137 G^0.708 with k = G / K, in GPa; never negative.
 *
 * Tian, Xu, Zhao, Int. J. Refract. Met. Hard Mater. 33, 93 (2012).
 *
 * @param bulkModulusGPa K > 0
 * @param shearModulusGPa G > 0
 * @example
 * ```ts
 * tianHardnessGPa(442, 535.5); // diamond, 97.8
 * ```
 */
export function tianHardnessGPa(bulkModulusGPa: number, shearModulusGPa: number): number {
  const pugh = shearModulusGPa / bulkModulusGPa;
  return 0.92 * pugh ** 1.137 * shearModulusGPa ** 0.708;
}
