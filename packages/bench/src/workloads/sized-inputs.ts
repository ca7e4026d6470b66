import { type HostTensor, integers, uniform } from './host-tensor';

/** Extents of a product [rows, depth] × [depth, columns]. */
export interface ProductSize {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
}

/** Rows of a table of features. */
export interface TableSize {
  readonly rows: number;
  /** Features of a row. */
  readonly width: number;
}

/** Extents of a batch of crystal graphs. */
export interface GraphSize {
  readonly nodes: number;
  readonly edges: number;
  /** Features of a node, and of an edge. */
  readonly width: number;
}

/** Two matrices, the factors of a product or the embeddings of pairs. */
export type PairInputs = Readonly<Record<'a' | 'b', HostTensor>>;

/** Rows with their targets, and a network with one hidden layer. */
export type NetworkInputs = Readonly<Record<'x' | 'y' | 'w1' | 'b1' | 'w2' | 'b2', HostTensor>>;

/** Features of nodes and edges, a linear layer on [x_target, x_source, e], and the edges sorted by target. */
export type GraphInputs = Readonly<
  Record<'x' | 'e' | 'w' | 'b', HostTensor> & Record<'source' | 'target', HostTensor<Int32Array>>
>;

/** The embeddings of triples. */
export type TripleInputs = Readonly<Record<'x' | 'y' | 'z', HostTensor>>;

/** Factors of a product; `seed` and the next one draw their values. */
export function productInputs({ rows, depth, columns }: ProductSize, seed: number): PairInputs {
  return { a: uniform([rows, depth], seed), b: uniform([depth, columns], seed + 1) };
}

/** A network as wide as its rows, with one output. */
export function networkInputs({ rows, width }: TableSize): NetworkInputs {
  return {
    x: uniform([rows, width], 5),
    y: uniform([rows, 1], 6),
    w1: uniform([width, width], 7, 0.15),
    b1: uniform([width], 8, 0.1),
    w2: uniform([width, 1], 9, 0.15),
    b2: uniform([1], 10, 0.1),
  };
}

/** Embeddings of as many pairs as rows. */
export function pairInputs({ rows, width }: TableSize): PairInputs {
  return { a: uniform([rows, width], 11), b: uniform([rows, width], 12) };
}

/** A graph whose edges lie anywhere. */
export function graphInputs({ nodes, edges, width }: GraphSize): GraphInputs {
  const target = integers(edges, 22, nodes);
  target.values.sort();
  return {
    x: uniform([nodes, width], 13),
    e: uniform([edges, width], 14),
    w: uniform([3 * width, 2 * width], 15, 0.1),
    b: uniform([2 * width], 16, 0.1),
    source: integers(edges, 21, nodes),
    target,
  };
}

/** Embeddings of as many triples as rows; `seed` and the next two draw their values within `bound`. */
export function tripleInputs({ rows, width }: TableSize, seed: number, bound = 1): TripleInputs {
  const table = (each: number): HostTensor => uniform([rows, width], each, bound);
  return { x: table(seed), y: table(seed + 1), z: table(seed + 2) };
}
