/** Electrons of one subshell. */
export interface Subshell {
  /** Principal quantum number. */
  readonly n: number;
  /** Angular momentum: 0 s, 1 p, 2 d, 3 f. */
  readonly l: number;
  readonly electrons: number;
}

/** Subshells in the order in which they fill (Madelung): rising n + l, then rising n. */
const FILLING: readonly (readonly [n: number, l: number])[] = [
  [1, 0],
  [2, 0],
  [2, 1],
  [3, 0],
  [3, 1],
  [4, 0],
  [3, 2],
  [4, 1],
  [5, 0],
  [4, 2],
  [5, 1],
  [6, 0],
  [4, 3],
  [5, 2],
  [6, 1],
  [7, 0],
  [5, 3],
  [6, 2],
  [7, 1],
];

/**
 * Measured ground states that depart from that order, as electrons moved: atomic number, from, to, how many. Source: NIST
 * Atomic Spectra Database, ground levels of neutral atoms.
 */
const MOVED: readonly (readonly [atomicNumber: number, from: string, to: string, electrons: number])[] = [
  [24, '4s', '3d', 1],
  [29, '4s', '3d', 1],
  [41, '5s', '4d', 1],
  [42, '5s', '4d', 1],
  [44, '5s', '4d', 1],
  [45, '5s', '4d', 1],
  [46, '5s', '4d', 2],
  [47, '5s', '4d', 1],
  [57, '4f', '5d', 1],
  [58, '4f', '5d', 1],
  [64, '4f', '5d', 1],
  [78, '6s', '5d', 1],
  [79, '6s', '5d', 1],
  [89, '5f', '6d', 1],
  [90, '5f', '6d', 2],
  [91, '5f', '6d', 1],
  [92, '5f', '6d', 1],
  [93, '5f', '6d', 1],
  [96, '5f', '6d', 1],
  [103, '6d', '7p', 1],
];

/** Ground-state configuration of the neutral atom, occupied subshells in the order of filling; atomic numbers 1 to 118. */
export function electronShells(atomicNumber: number): Subshell[] {
  let left = atomicNumber;
  const electrons = new Map<string, number>();
  for (const [n, l] of FILLING) {
    const held = Math.min(left, 4 * l + 2);
    electrons.set(subshellName(n, l), held);
    left -= held;
  }
  for (const [z, from, to, count] of MOVED) {
    if (z !== atomicNumber) continue;
    electrons.set(from, electrons.get(from)! - count);
    electrons.set(to, electrons.get(to)! + count);
  }
  return FILLING.map(([n, l]) => ({ n, l, electrons: electrons.get(subshellName(n, l))! })).filter(
    (shell) => shell.electrons > 0,
  );
}

function subshellName(n: number, l: number): string {
  return `${n}${'spdf'[l]}`;
}
