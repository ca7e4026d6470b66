import { at, type ReferenceTensor, referenceTensor } from '../../testing/reference-tensor';

/** Values of one column of one segment. */
type OfColumn = (values: readonly number[]) => number;

/** The value at a segment and column from the rows in it. */
function perSegment([x, offsets, order]: readonly ReferenceTensor[], ofColumn: OfColumn): ReferenceTensor {
  const rows = order?.data ?? Float64Array.from({ length: x!.shape[0]! }, (_, position) => position);
  return referenceTensor([offsets!.data.length - 1, ...x!.shape.slice(1)], ([segment, ...column]) =>
    ofColumn(
      Array.from(rows.slice(offsets!.data[segment!], offsets!.data[segment! + 1]), (row) =>
        at(x!, [row, ...column]),
      ),
    ),
  );
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

export const segmentSumReference = (inputs: readonly ReferenceTensor[]): ReferenceTensor =>
  perSegment(inputs, total);

/** Inputs end with the weights. */
export const weightedSegmentSumReference = (inputs: readonly ReferenceTensor[]): ReferenceTensor => {
  const [x, ...rest] = inputs.slice(0, -1);
  const weights = inputs.at(-1)!;
  const scaled = referenceTensor(x!.shape, (index) => weights.data[index[0]!]! * at(x!, index));
  return segmentSumReference([scaled, ...rest]);
};

export const segmentMeanReference = (inputs: readonly ReferenceTensor[]): ReferenceTensor =>
  perSegment(inputs, (values) => total(values) / Math.max(1, values.length));

export const segmentMaxReference = (inputs: readonly ReferenceTensor[]): ReferenceTensor =>
  perSegment(inputs, (values) => (values.length === 0 ? 0 : Math.max(...values)));

/** Zero for rows in no segment. */
export const segmentSoftmaxReference = ([x, offsets]: readonly ReferenceTensor[]): ReferenceTensor => {
  const exponentials = { shape: x!.shape, data: x!.data.map(Math.exp) };
  const totals = segmentSumReference([exponentials, offsets!]);
  return referenceTensor(x!.shape, ([row, ...column]) => {
    const segment = offsets!.data.findLastIndex((start) => start <= row!);
    if (segment < 0 || segment === offsets!.data.length - 1) return 0;
    return at(exponentials, [row!, ...column]) / at(totals, [segment, ...column]);
  });
};

/** Offsets of segments with these lengths. */
export function offsetsOf(lengths: readonly number[]): Int32Array {
  const offsets = new Int32Array(lengths.length + 1);
  lengths.forEach((length, i) => {
    offsets[i + 1] = offsets[i]! + length;
  });
  return offsets;
}
