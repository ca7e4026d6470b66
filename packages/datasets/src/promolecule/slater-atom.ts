import { electronShells, type Subshell } from './electron-shells';

/** Electrons of a neutral atom that share one Slater function R(r) ∝ r^(n* − 1) exp(−ζ r). */
export interface SlaterShell {
  readonly electrons: number;
  /** Effective principal quantum number n*. */
  readonly effectiveN: number;
  /** ζ = (Z − s) / n* in 1/bohr. */
  readonly exponentPerBohr: number;
}

/** n* for n = 1 to 7; 4.2 for n = 6 is Slater's last value and serves n = 7 too. */
const EFFECTIVE_N: readonly number[] = [1, 2, 3, 3.7, 4, 4.2, 4.2];

/**
 * The shells of a neutral atom after Slater's rules.
 *
 * Groups in order (1s) (2s 2p) (3s 3p) (3d) (4s 4p) (4d) (4f) (5s 5p) …; shielding s of an electron: 0.35 from each other of its
 * group (0.30 in 1s) and nothing from outer groups; for s and p 0.85 from each electron of the next lower n and 1 from those below; for d and f
 * 1 from all inner groups. Source: Slater, Phys. Rev. 36, 57 (1930).
 */
export function slaterAtom(atomicNumber: number): SlaterShell[] {
  const groups = new Map<number, { n: number; diffuse: boolean; electrons: number }>();
  for (const shell of electronShells(atomicNumber)) {
    const rank = groupRank(shell);
    const electrons = (groups.get(rank)?.electrons ?? 0) + shell.electrons;
    groups.set(rank, { n: shell.n, diffuse: shell.l >= 2, electrons });
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([rank, { n, diffuse, electrons }]) => {
      let shielding = (n === 1 ? 0.3 : 0.35) * (electrons - 1);
      for (const [innerRank, inner] of groups) {
        if (innerRank >= rank) continue;
        shielding += inner.electrons * (!diffuse && inner.n === n - 1 ? 0.85 : 1);
      }
      const effectiveN = EFFECTIVE_N[n - 1]!;
      return { electrons, effectiveN, exponentPerBohr: (atomicNumber - shielding) / effectiveN };
    });
}

/** s and p of one n share a group; d and f follow it. */
function groupRank({ n, l }: Subshell): number {
  return 10 * n + Math.max(0, l - 1);
}

/**
 * f(G) = Σ_shells N sin(2n*φ) cos^(2n*) φ / (2n* tan φ), tan φ = G / 2ζ: the Fourier transform of the atom's spherical density
 * Σ N (2ζ)^(2n*+1) / Γ(2n*+1) r^(2n*−2) exp(−2ζr) / 4π, in electrons.
 *
 * @param wavenumberPerBohr G
 */
export function slaterFormFactor(shells: readonly SlaterShell[], wavenumberPerBohr: number): number {
  let sum = 0;
  for (const { electrons, effectiveN, exponentPerBohr } of shells) {
    const tangent = wavenumberPerBohr / (2 * exponentPerBohr);
    const power = 2 * effectiveN;
    const phi = Math.atan(tangent);
    sum +=
      tangent < 1e-6
        ? electrons
        : (electrons * Math.sin(power * phi) * Math.cos(phi) ** power) / (power * tangent);
  }
  return sum;
}
