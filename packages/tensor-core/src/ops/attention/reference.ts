import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { AttentionAttrs } from './attention';

/** softmax(q kᵀ / √d) v per head, over the tokens that count. */
export function attentionReference(
  [q, k, v, ...marks]: readonly ReferenceTensor[],
  attrs: Pick<AttentionAttrs, 'heads' | 'lengths' | 'mask' | 'causal'>,
): ReferenceTensor {
  const [, length, width] = q!.shape as readonly [number, number, number];
  const d = width / attrs.heads;
  const lengths = attrs.lengths ? marks[0]! : null;
  const mask = attrs.mask ? marks[lengths ? 1 : 0]! : null;
  const counts = (b: number, t: number): boolean =>
    t < (lengths?.data[b] ?? length) && (mask?.data[b * length + t] ?? 1) !== 0;
  return referenceTensor(q!.shape, ([b, i, feature]) => {
    if (!counts(b!, i!)) return 0;
    const first = Math.floor(feature! / d) * d;
    const seen = Array.from({ length: attrs.causal ? i! + 1 : length }, (_, j) => j).filter((j) =>
      counts(b!, j),
    );
    const scores = seen.map((j) => {
      let dot = 0;
      for (let e = first; e < first + d; e++) dot += at(q!, [b!, i!, e]) * at(k!, [b!, j, e]);
      return dot / Math.sqrt(d);
    });
    const top = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return seen.reduce((sum, j, place) => sum + (weights[place]! / total) * at(v!, [b!, j, feature!]), 0);
  });
}
