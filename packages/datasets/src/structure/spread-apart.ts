import { greatestCommonDivisor } from './composition';

type Atom = number | null;

/** Up to so many arrangements all are tried. */
const MAX_ARRANGEMENTS = 20_000;
/** Beyond, so many first arrangements are improved by exchanging pairs, in so many sweeps; 200 sites settle in fewer than ten. */
const STARTS = 6;
const MAX_SWEEPS = 20;

/**
 * The arrangement of atoms (null: vacancy) on n places with the least Σ over equal pairs of `repel(i, j)`: the best of all where
 * they are few, else the best that exchanging pairs finds. The same one every time.
 */
export function spreadApart(atoms: readonly Atom[], repel: (i: number, j: number) => number): Atom[] {
  const n = atoms.length;
  const repulsion = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    return i === j ? 0 : repel(i, j);
  });
  let best: Atom[] = [...atoms];
  let lowest = Number.POSITIVE_INFINITY;
  for (const dealt of arrangementCount(atoms) <= MAX_ARRANGEMENTS
    ? arrangements(atoms)
    : improved(atoms, repulsion)) {
    const energy = dealt.reduce<number>((sum, atom, k) => sum + energyAt(dealt, repulsion, atom, k, k), 0);
    if (energy < lowest - 1e-12) [best, lowest] = [[...dealt], energy];
  }
  return best;
}

/** n! / Π counts! as a float. */
function arrangementCount(atoms: readonly Atom[]): number {
  const counts = new Map<Atom, number>();
  return atoms.reduce<number>((product, atom, k) => {
    const count = (counts.get(atom) ?? 0) + 1;
    counts.set(atom, count);
    return (product * (k + 1)) / count;
  }, 1);
}

/** Every distinct order of the atoms; the array handed out is used again. */
function* arrangements(atoms: readonly Atom[]): Generator<readonly Atom[]> {
  const left = new Map<Atom, number>();
  for (const atom of atoms) left.set(atom, (left.get(atom) ?? 0) + 1);
  const dealt: Atom[] = new Array<Atom>(atoms.length).fill(null);
  function* place(k: number): Generator<readonly Atom[]> {
    if (k === atoms.length) {
      yield dealt;
      return;
    }
    for (const [atom, count] of left) {
      if (count === 0) continue;
      left.set(atom, count - 1);
      dealt[k] = atom;
      yield* place(k + 1);
      left.set(atom, count);
    }
  }
  yield* place(0);
}

/** First arrangements dealt out with different strides, each improved. */
function* improved(atoms: readonly Atom[], repulsion: Float64Array): Generator<readonly Atom[]> {
  const n = atoms.length;
  const strides = Array.from({ length: n }, (_, k) => k + 1).filter((k) => greatestCommonDivisor(k, n) === 1);
  for (const stride of strides.slice(0, STARTS)) {
    const dealt = new Array<Atom>(n).fill(null);
    atoms.forEach((atom, k) => {
      dealt[(k * stride) % n] = atom;
    });
    exchangePairs(dealt, repulsion);
    yield dealt;
  }
}

/** Exchanges unequal pairs while the sum falls. */
function exchangePairs(dealt: Atom[], repulsion: Float64Array): void {
  const at = (own: Atom, place: number, without: number): number =>
    energyAt(dealt, repulsion, own, place, without);
  for (let sweep = 0, changed = true; changed && sweep < MAX_SWEEPS; sweep++) {
    changed = false;
    for (let i = 0; i < dealt.length; i++) {
      for (let j = i + 1; j < dealt.length; j++) {
        const [a, b] = [dealt[i]!, dealt[j]!];
        if (a === b || at(a, j, i) + at(b, i, j) >= (at(a, i, i) + at(b, j, j)) * (1 - 1e-9)) continue;
        [dealt[i], dealt[j]] = [b, a];
        changed = true;
      }
    }
  }
}

/** What an atom feels at a place from its equals, one place left out. */
function energyAt(
  dealt: readonly Atom[],
  repulsion: Float64Array,
  own: Atom,
  place: number,
  without: number,
): number {
  let sum = 0;
  for (let k = 0; k < dealt.length; k++) {
    if (k !== without && dealt[k] === own) sum += repulsion[place * dealt.length + k]!;
  }
  return sum;
}
