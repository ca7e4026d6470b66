import type { Key } from '@bravais/tensor-core/random';
import { shuffledReference } from '../ops/shuffled-tuples/reference';
import {
  trilinearAxisTerms,
  trilinearCrossEntropyGradientReference,
} from '../ops/trilinear/tensor-clip/reference';
import type { TensorClipNegatives } from '../tensor-clip';
import { type HostEmbeddings, subBatch } from './alignment-run';
import { unitRowsReference } from './unit-rows-reference';

/** Rows that have every modality. */
export function fullRows(embeddings: HostEmbeddings, presence: Readonly<Record<string, number[]>>): number[] {
  const batch = Object.values(embeddings)[0]!.shape[0];
  return Array.from({ length: batch }, (_, row) => row).filter((row) =>
    Object.values(presence).every((mask) => mask[row] !== 0),
  );
}

/** Terms and gradients of TensorCLIP in float64, masks included; `null` where too few rows are left. */
export function tensorClipReference(
  embeddings: HostEmbeddings,
  presence: Readonly<Record<string, number[]>>,
  temperature: number,
  negatives: TensorClipNegatives,
  key: Key,
): { terms: number[]; gradients: Record<string, Float64Array> } | null {
  const rows = fullRows(embeddings, presence);
  if (rows.length < 2) return null;
  const names = Object.keys(embeddings);
  const units = Object.values(subBatch(embeddings, rows)).map(unitRowsReference);
  const scaled = units.map(({ unit }, which) => ({
    ...unit,
    data: which === 0 ? unit.data.map((each) => each / temperature) : unit.data,
  }));
  const { terms, gradients } =
    negatives === 'shuffled'
      ? shuffledReference(scaled, key)
      : {
          terms: trilinearAxisTerms(scaled, { scale: 1, negatives }),
          gradients: trilinearCrossEntropyGradientReference(scaled, { scale: 1, negatives }),
        };
  const whole = names.map((name, which) => {
    const { shape, data } = embeddings[name]!;
    const ofScaled = gradients[which]!;
    const ofRows = units[which]!.pullback(
      which === 0 ? ofScaled.map((each) => each / temperature) : ofScaled,
    );
    const spread = new Float64Array(data.length);
    for (const [place, row] of rows.entries()) {
      spread.set(ofRows.subarray(place * shape[1], (place + 1) * shape[1]), row * shape[1]);
    }
    return [name, spread] as const;
  });
  return { terms, gradients: Object.fromEntries(whole) };
}
