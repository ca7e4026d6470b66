import { at, indices, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';
import type { GroupNormAttrs } from './group-norm';

export function groupNormReference(
  [x, weight, bias]: readonly ReferenceTensor[],
  { groups, epsilon }: GroupNormAttrs,
): ReferenceTensor {
  const [samples, channels] = [x!.shape[0]!, x!.shape.at(-1)!];
  const groupOf = (channel: number): number => Math.floor((channel * groups) / channels);
  const values = Array.from({ length: samples * groups }, (): number[] => []);
  for (const index of indices(x!.shape)) {
    values[index[0]! * groups + groupOf(index.at(-1)!)]!.push(at(x!, index));
  }
  const statistics = values.map((list) => {
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
    return { mean, deviation: Math.sqrt(variance + epsilon) };
  });
  return referenceTensor(x!.shape, (index) => {
    const channel = index.at(-1)!;
    const { mean, deviation } = statistics[index[0]! * groups + groupOf(channel)]!;
    return ((at(x!, index) - mean) / deviation) * weight!.data[channel]! + bias!.data[channel]!;
  });
}
