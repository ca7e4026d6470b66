/** What images beyond the reach may add to a sum at the crystal's mean density. */
const NEGLECTED = 1e-11;
/** Å by which the reach is stepped until the bound holds. */
const STEP_ANGSTROM = 0.25;

/**
 * Å: the least distance of steps of 1/4 Å, stretched by 1/α where α is small, beyond which 4π ρ ∫ r² exp(−α r) dr =
 * 4π ρ exp(−α R) (R²/α + 2R/α² + 2/α³) is below 1e-11.
 *
 * @param decay α, 1/Å
 * @param density ρ of sites, 1/Å³
 */
export function pauliReach(decay: number, density: number): number {
  const step = STEP_ANGSTROM * Math.max(1, 1 / decay);
  const beyond = (r: number): number =>
    4 * Math.PI * density * Math.exp(-decay * r) * (r ** 2 / decay + (2 * r) / decay ** 2 + 2 / decay ** 3);
  let reach = step;
  while (beyond(reach) > NEGLECTED) reach += step;
  return reach;
}
