import type { Scatterer } from './scatterers';

/** exp(2πi m x_j) for m from −most to most: `[m + most][site]`. */
interface Table {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/**
 * S(h k l) = Σ_j o_j exp(2πi (h x_j + k y_j + l z_j)) over the n sites of one element, a column (h, k, ·) at a time.
 *
 * Tables along each axis make a reflection cost products and no sines.
 */
export class PhaseTables {
  readonly atomicNumber: number;
  readonly #occupancies: Float64Array;
  readonly #largest: readonly [number, number, number];
  readonly #along: readonly [Table, Table, Table];
  readonly #column: Table;
  #real = 0;
  #imaginary = 0;

  /** @param largest largest |h|, |k|, |l| */
  constructor(
    { atomicNumber, occupancies, positions }: Scatterer,
    largest: readonly [number, number, number],
  ) {
    const n = occupancies.length;
    this.atomicNumber = atomicNumber;
    this.#occupancies = occupancies;
    this.#largest = largest;
    const table = (axis: 0 | 1 | 2): Table => phasesAlong(positions, axis, largest[axis]);
    this.#along = [table(0), table(1), table(2)];
    this.#column = { cos: new Float64Array(n), sin: new Float64Array(n) };
  }

  /** Re S of the last {@link sum}. */
  get real(): number {
    return this.#real;
  }

  /** Im S of the last {@link sum}. */
  get imaginary(): number {
    return this.#imaginary;
  }

  /** Takes the column (h, k, ·) for the sums that follow. */
  selectColumn(h: number, k: number): void {
    const n = this.#occupancies.length;
    const [alongA, alongB] = this.#along;
    const [a, b] = [(h + this.#largest[0]) * n, (k + this.#largest[1]) * n];
    for (let site = 0; site < n; site++) {
      const [ca, sa] = [alongA.cos[a + site]!, alongA.sin[a + site]!];
      const [cb, sb] = [alongB.cos[b + site]!, alongB.sin[b + site]!];
      this.#column.cos[site] = this.#occupancies[site]! * (ca * cb - sa * sb);
      this.#column.sin[site] = this.#occupancies[site]! * (ca * sb + sa * cb);
    }
  }

  /** Sums at (h, k, l). */
  sum(l: number): void {
    const n = this.#occupancies.length;
    const alongC = this.#along[2];
    const { cos, sin } = this.#column;
    const c = (l + this.#largest[2]) * n;
    let [real, imaginary] = [0, 0];
    for (let site = 0; site < n; site++) {
      real += cos[site]! * alongC.cos[c + site]! - sin[site]! * alongC.sin[c + site]!;
      imaginary += cos[site]! * alongC.sin[c + site]! + sin[site]! * alongC.cos[c + site]!;
    }
    this.#real = real;
    this.#imaginary = imaginary;
  }
}

function phasesAlong(positions: Float64Array, axis: number, most: number): Table {
  const n = positions.length / 3;
  const [cos, sin] = [new Float64Array((2 * most + 1) * n), new Float64Array((2 * most + 1) * n)];
  for (let index = -most; index <= most; index++) {
    for (let site = 0; site < n; site++) {
      const angle = 2 * Math.PI * index * positions[3 * site + axis]!;
      cos[(index + most) * n + site] = Math.cos(angle);
      sin[(index + most) * n + site] = Math.sin(angle);
    }
  }
  return { cos, sin };
}
