import fc from 'fast-check';

const side = fc.integer({ min: 1, max: 9 });
const depth = fc.constantFrom(8 as const, 16 as const);
/** Random samples of an image of this size. */
const samplesOf = (count: number, bits: 8 | 16) =>
  fc
    .array(fc.nat(2 ** bits - 1), { minLength: count, maxLength: count })
    .map((values) => (bits === 8 ? Uint8Array.from(values) : Uint16Array.from(values)));
/** Width, height, depth, channels and samples. */
export const picture = fc
  .tuple(side, side, depth, fc.integer({ min: 1, max: 4 }))
  .chain(([width, height, bits, channels]) =>
    samplesOf(width * height * channels, bits).map((data) => ({ width, height, bits, channels, data })),
  );
/** What a pixel should look like over white, written out by hand. */
export function expected(sample: readonly number[], white: number): number {
  const [r, g, b] = sample.length >= 3 ? sample : [sample[0]!, sample[0]!, sample[0]!];
  const alpha = sample.length % 2 === 0 ? sample.at(-1)! / white : 1;
  return (alpha * (0.299 * r! + 0.587 * g! + 0.114 * b!)) / white + 1 - alpha;
}
export function pixelsOf({ data, channels }: { data: ArrayLike<number>; channels: number }): number[][] {
  return Array.from({ length: data.length / channels }, (_, i) =>
    Array.from({ length: channels }, (_, k) => data[i * channels + k]!),
  );
}
/** Values of few bits, rows beginning at whole bytes. */
export function packedRows(values: readonly number[], width: number, bits: number): Uint8Array {
  const rows: number[] = [];
  for (let start = 0; start < values.length; start += width) {
    const text = values
      .slice(start, start + width)
      .map((value) => value.toString(2).padStart(bits, '0'))
      .join('');
    for (let at = 0; at < text.length; at += 8) {
      rows.push(Number.parseInt(text.slice(at, at + 8).padEnd(8, '0'), 2));
    }
  }
  return Uint8Array.from(rows);
}
