/**
 * Points in fractional coordinates that can be looked up by place: equal within a tolerance in each of the three, modulo 1.
 */
export class FractionGrid {
  readonly #tolerance: number;
  readonly #points: number[] = [];
  readonly #bins = new Map<number, number[]>();

  constructor(tolerance: number) {
    this.#tolerance = tolerance;
  }

  /** Adds a point and gives its number, from 0. */
  add(x: number, y: number, z: number): number {
    const id = this.#points.length / 3;
    this.#points.push(x, y, z);
    const key = binKey(bin(x), bin(y), bin(z));
    const members = this.#bins.get(key);
    if (members === undefined) this.#bins.set(key, [id]);
    else members.push(id);
    return id;
  }

  /** The first point added at this place, or −1. */
  find(x: number, y: number, z: number): number {
    let first = -1;
    for (const a of this.#around(x)) {
      for (const b of this.#around(y)) {
        for (const c of this.#around(z)) {
          for (const id of this.#bins.get(binKey(a, b, c)) ?? []) {
            if (first >= 0 && id >= first) break;
            if (this.#isAt(id, x, y, z)) first = id;
          }
        }
      }
    }
    return first;
  }

  #isAt(id: number, x: number, y: number, z: number): boolean {
    const t = this.#tolerance;
    const p = this.#points;
    return near(p[3 * id]! - x, t) && near(p[3 * id + 1]! - y, t) && near(p[3 * id + 2]! - z, t);
  }

  #around(value: number): number[] {
    const [low, high] = [bin(value - this.#tolerance), bin(value + this.#tolerance)];
    return low === high ? [low] : [low, high];
  }
}

/** Bins along an axis: few points share one, and a tolerance of 1e-4 seldom reaches two. */
const BINS = 512;

function bin(value: number): number {
  return Math.min(BINS - 1, Math.floor((value - Math.floor(value)) * BINS));
}

function binKey(a: number, b: number, c: number): number {
  return (a * BINS + b) * BINS + c;
}

function near(difference: number, tolerance: number): boolean {
  return Math.abs(difference - Math.round(difference)) < tolerance;
}
