import { dot, type HostEmbeddings, type HostPresence, mean, pairsOf, rowsOf, unit } from './vectors';

/** -log σ(z). */
function misfit(z: number): number {
  return Math.max(-z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** Mean over the pairs of modalities of 1/B Σ_ij -log σ(y_ij (cos / τ + b)); 0 where no pair has two rows. */
export function siglipReference(
  embeddings: HostEmbeddings,
  { temperature, bias, presence = {} }: { temperature: number; bias: number; presence?: HostPresence },
): number {
  const losses = pairsOf(Object.keys(embeddings)).flatMap(([a, b]) => {
    const rows = rowsOf(embeddings, presence, [a, b]);
    if (rows.length < 2) return [];
    const [x, y] = [a, b].map((name) => rows.map((row) => unit(embeddings[name]![row]!)));
    return mean(
      x!.map((xi, i) =>
        y!.reduce((sum, yj, j) => {
          const z = dot(xi, yj) / temperature + bias;
          return sum + misfit(i === j ? z : -z);
        }, 0),
      ),
    );
  });
  return losses.length === 0 ? 0 : mean(losses);
}
