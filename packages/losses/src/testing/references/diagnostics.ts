import {
  dot,
  eigenvalues,
  gramMatrix,
  type HostEmbeddings,
  type HostPresence,
  mean,
  pairsOf,
  type Rows,
  rowsOf,
  unit,
} from './vectors';

/** The same names and values as `diagnostics`, the effective rank from eigenvalues. */
export function diagnosticsReference(
  embeddings: HostEmbeddings,
  presence: HostPresence = {},
): Record<string, number> {
  const names = Object.keys(embeddings);
  const units = (name: string, rows: readonly number[]): Rows =>
    rows.map((row) => unit(embeddings[name]![row]!));
  const found: Record<string, number> = {};
  for (const [a, b] of pairsOf(names)) {
    const rows = rowsOf(embeddings, presence, [a, b]);
    const y = units(b, rows);
    if (rows.length > 0) found[`alignment/${a}|${b}`] = mean(units(a, rows).map((x, i) => apart(x, y[i]!)));
  }
  for (const name of names) {
    const x = units(name, rowsOf(embeddings, presence, [name]));
    if (x.length < 2) continue;
    found[`uniformity/${name}`] = Math.log(
      mean(x.flatMap((xi, i) => x.filter((_, j) => j !== i).map((xj) => Math.exp(-2 * apart(xi, xj))))),
    );
    const centre = x[0]!.map((_, k) => mean(x.map((row) => row[k]!)));
    const centred = x.map((row) => row.map((value, k) => value - centre[k]!));
    const columns = centre.map((_, k) => centred.map((row) => row[k]! / Math.sqrt(x.length)));
    const lambda = eigenvalues(gramMatrix(columns));
    const total = lambda.reduce((sum, value) => sum + value, 0);
    found[`effectiveRank/${name}`] = total ** 2 / dot(lambda, lambda);
  }
  return found;
}

function apart(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, k) => sum + (value - y[k]!) ** 2, 0);
}
