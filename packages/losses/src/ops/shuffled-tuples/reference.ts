import { type Key, uniform } from '@bravais/tensor-core/random';
import type { ReferenceTensor } from '@bravais/tensor-core/testing';

/** The permutations of `randomOrders`, on the host. */
export function randomOrdersReference(key: Key, rows: number, count: number): number[][] {
  const stride = 4 * Math.ceil(count / 4);
  const numbers = uniform(key, rows * stride);
  return Array.from({ length: rows }, (_, row) => {
    const own = [...numbers.subarray(row * stride, row * stride + count)];
    const sorted = own.map((_, i) => i).sort((i, j) => own[i]! - own[j]! || i - j);
    const ranks = new Array<number>(count);
    for (const [rank, i] of sorted.entries()) ranks[i] = rank;
    return ranks;
  });
}

/** The loss of each anchor and its gradients in float64, candidate by candidate. */
export function shuffledReference(
  rows: readonly ReferenceTensor[],
  key: Key,
): { terms: number[]; gradients: Float64Array[] } {
  const [batch, depth] = rows[0]!.shape as [number, number];
  const count = rows.length;
  const orders = randomOrdersReference(key, count * (count - 1), batch);
  const gradients = rows.map(({ data }) => new Float64Array(data.length));
  const terms = rows.map((_, anchor) => {
    const own = orders.slice(anchor * (count - 1), (anchor + 1) * (count - 1));
    let loss = 0;
    for (let i = 0; i < batch; i++) {
      // Row numbers of each candidate, one a modality.
      const candidates: number[][] = [];
      for (let j = 0; j < batch; j++) {
        if (j === i) candidates.push(new Array<number>(count).fill(i));
        else {
          const others = own.map((order) => order[j]!);
          if (others.some((other) => other !== i)) {
            candidates.push([...others.slice(0, anchor), i, ...others.slice(anchor)]);
          }
        }
      }
      const isTrue = (members: number[]): boolean => members.every((member) => member === i);
      const scores = candidates.map((members) => scoreOf(rows, members, depth));
      const top = Math.max(...scores);
      const logSum = top + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - top), 0));
      candidates.forEach((members, place) => {
        const slope = (Math.exp(scores[place]! - logSum) - (isTrue(members) ? 1 : 0)) / (batch * count);
        if (isTrue(members)) loss += (logSum - scores[place]!) / batch;
        for (const [modality, gradient] of gradients.entries()) {
          for (let k = 0; k < depth; k++) {
            let rest = slope;
            for (const [other, row] of members.entries()) {
              if (other !== modality) rest *= rows[other]!.data[row * depth + k]!;
            }
            gradient[members[modality]! * depth + k]! += rest;
          }
        }
      });
    }
    return loss;
  });
  return { terms, gradients };
}

function scoreOf(rows: readonly ReferenceTensor[], members: readonly number[], depth: number): number {
  let sum = 0;
  for (let k = 0; k < depth; k++) {
    sum += members.reduce((product, row, which) => product * rows[which]!.data[row * depth + k]!, 1);
  }
  return sum;
}
