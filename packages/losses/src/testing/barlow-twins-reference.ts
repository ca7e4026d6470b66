import { type HostEmbeddings, type HostRows, hostRows } from './alignment-run';

/** Numbers of the loss. */
interface Options {
  readonly lambda: number;
  readonly epsilon: number;
}

/** One pair's loss in float64, and its gradients. */
function pairReference(
  a: HostRows,
  b: HostRows,
  { lambda, epsilon }: Options,
): { loss: number; gradients: [Float64Array, Float64Array]; rstds: [number, number] } {
  const [batch, features] = a.shape;
  const [u, v] = [standardized(a, epsilon), standardized(b, epsilon)];
  const [du, dv] = [new Float64Array(u.values.length), new Float64Array(v.values.length)];
  let loss = 0;
  for (let i = 0; i < features; i++) {
    for (let j = 0; j < features; j++) {
      let c = 0;
      for (let n = 0; n < batch; n++)
        c += (u.values[n * features + i]! * v.values[n * features + j]!) / batch;
      const [weight, target] = i === j ? [1, 1] : [lambda, 0];
      loss += weight * (c - target) ** 2;
      const slope = (2 * weight * (c - target)) / batch;
      for (let n = 0; n < batch; n++) {
        du[n * features + i]! += slope * v.values[n * features + j]!;
        dv[n * features + j]! += slope * u.values[n * features + i]!;
      }
    }
  }
  return { loss, gradients: [u.pullback(du), v.pullback(dv)], rstds: [u.largestRstd, v.largestRstd] };
}

/** Features over the batch with mean 0 and variance 1, their largest 1/σ, and dL/dx from dL/d(those). */
export function standardized(
  { shape: [batch, features], data }: HostRows,
  epsilon: number,
): { values: Float64Array; largestRstd: number; pullback: (gradient: Float64Array) => Float64Array } {
  const values = new Float64Array(data.length);
  const rstds = new Float64Array(features);
  const rows = Array.from({ length: batch }, (_, n) => n * features);
  for (let j = 0; j < features; j++) {
    const mean = rows.reduce((sum, row) => sum + data[row + j]!, 0) / batch;
    const variance = rows.reduce((sum, row) => sum + (data[row + j]! - mean) ** 2, 0) / batch;
    rstds[j] = 1 / Math.sqrt(variance + epsilon);
    for (const row of rows) values[row + j] = (data[row + j]! - mean) * rstds[j]!;
  }
  const pullback = (gradient: Float64Array): Float64Array => {
    const result = new Float64Array(data.length);
    for (let j = 0; j < features; j++) {
      const mean = rows.reduce((sum, row) => sum + gradient[row + j]!, 0) / batch;
      const along = rows.reduce((sum, row) => sum + gradient[row + j]! * values[row + j]!, 0) / batch;
      for (const row of rows) {
        result[row + j] = rstds[j]! * (gradient[row + j]! - mean - along * values[row + j]!);
      }
    }
    return result;
  };
  return { values, largestRstd: Math.max(...rstds), pullback };
}

/** Terms by pair, gradients of the mean over pairs and the largest 1/σ in float64, masks included. */
export function barlowTwinsReference(
  embeddings: HostEmbeddings,
  presence: Readonly<Record<string, number[]>>,
  options: Options & { readonly anchor?: string },
): {
  terms: Record<string, number>;
  gradients: Record<string, Float64Array>;
  rstds: Record<string, number>;
} {
  const names = Object.keys(embeddings);
  const terms: Record<string, number> = {};
  const rstds: Record<string, number> = {};
  const shares: { name: string; rows: number[]; gradient: Float64Array }[] = [];
  for (const a of names) {
    for (const b of names) {
      const wanted =
        options.anchor === undefined ? names.indexOf(a) < names.indexOf(b) : a === options.anchor;
      if (!wanted || a === b) continue;
      const rows = Array.from({ length: embeddings[a]!.shape[0] }, (_, row) => row).filter(
        (row) => presence[a]?.[row] !== 0 && presence[b]?.[row] !== 0,
      );
      if (rows.length < 2) continue;
      const [x, y] = [hostRows(embeddings[a]!, rows), hostRows(embeddings[b]!, rows)];
      const { loss, gradients, rstds: ofPair } = pairReference(x, y, options);
      rstds[a] = Math.max(rstds[a] ?? 0, ofPair[0]);
      rstds[b] = Math.max(rstds[b] ?? 0, ofPair[1]);
      terms[`${a}|${b}`] = loss;
      shares.push({ name: a, rows, gradient: gradients[0] }, { name: b, rows, gradient: gradients[1] });
    }
  }
  const pairs = Object.keys(terms).length;
  const gradients = Object.fromEntries(
    names.map((name) => [name, new Float64Array(embeddings[name]!.data.length)]),
  );
  for (const { name, rows, gradient } of shares) {
    const features = embeddings[name]!.shape[1];
    for (const [place, row] of rows.entries()) {
      for (let j = 0; j < features; j++) {
        gradients[name]![row * features + j]! += gradient[place * features + j]! / pairs;
      }
    }
  }
  return { terms, gradients, rstds };
}
