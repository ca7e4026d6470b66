import { GraphError } from './graph-error';

/** Directed edges in the order they were found; grows by doubling up to a fixed bound. */
export class EdgeBuffer {
  length = 0;
  target: Int32Array;
  source: Int32Array;
  /** 3 a row: the image of the source. */
  image: Int32Array;
  distance: Float64Array;

  /**
   * @param op - named in the error.
   * @param maximumEdges - the bound; one more throws TOO_MANY_NEIGHBORS.
   */
  constructor(
    readonly op: string,
    readonly maximumEdges: number,
  ) {
    const capacity = Math.min(64, maximumEdges);
    this.target = new Int32Array(capacity);
    this.source = new Int32Array(capacity);
    this.image = new Int32Array(3 * capacity);
    this.distance = new Float64Array(capacity);
  }

  /** Appends source + image → target. */
  push(target: number, source: number, x: number, y: number, z: number, distance: number): void {
    const e = this.length;
    if (e === this.distance.length) this.grow();
    this.target[e] = target;
    this.source[e] = source;
    this.image[3 * e] = x;
    this.image[3 * e + 1] = y;
    this.image[3 * e + 2] = z;
    this.distance[e] = distance;
    this.length = e + 1;
  }

  private grow(): void {
    const capacity = Math.min(2 * this.distance.length, this.maximumEdges);
    if (capacity <= this.length)
      throw tooManyNeighbors(this.op, `more than ${this.length}`, this.maximumEdges);
    const copy = (from: Int32Array, width: number): Int32Array => {
      const to = new Int32Array(width * capacity);
      to.set(from);
      return to;
    };
    this.target = copy(this.target, 1);
    this.source = copy(this.source, 1);
    this.image = copy(this.image, 3);
    const distance = new Float64Array(capacity);
    distance.set(this.distance);
    this.distance = distance;
  }
}

/** The error for a search that would return more edges than allowed. */
export function tooManyNeighbors(op: string, found: string, maximumEdges: number): GraphError {
  return new GraphError(
    'TOO_MANY_NEIGHBORS',
    `${op}: at most ${maximumEdges} edges are allowed, got ${found}. Lower the cutoff or the number of neighbours, or raise maximumEdges.`,
  );
}
