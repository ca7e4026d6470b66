import type { DistanceKinds } from './graph-tensors';
import { bucketSize } from './pad-batch';
import { sortByKey } from './sort-by-key';

/** Kinds cost little beside nodes and edges: few sizes of them, for few recordings, are worth more than little padding. */
const STEPS_PER_OCTAVE = 2;

/**
 * Sorts edges by distance into kinds of exactly equal ones, filled up to a bucket with kinds that have no edge. Edges of one
 * kind keep their order. Takes time in proportion to E, and sorts the distances that differ.
 */
export function edgeKinds(edgeDistance: Float32Array): DistanceKinds<Int32Array, Float32Array> {
  const { ofEdge, ascending } = numberAscending(edgeDistance);
  const kinds = bucketSize(ascending.length, STEPS_PER_OCTAVE);
  const distance = new Float32Array(kinds).fill(ascending.at(-1) ?? 0);
  distance.set(ascending);
  return { distance, ofEdge, ...sortByKey(ofEdge, kinds) };
}

/**
 * The distinct values in ascending order, and the place of each value among them. A hash table by the bits, with open addressing,
 * finds values again; those of distances sort like the values.
 */
function numberAscending(values: Float32Array): { ofEdge: Int32Array; ascending: Float32Array } {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const slotBits = Math.max(1, Math.ceil(Math.log2(2 * values.length + 1)));
  const last = 2 ** slotBits - 1;
  const words = new Uint32Array(last + 1);
  // A number plus 1 by slot; 0 is free.
  const numbers = new Int32Array(last + 1);
  const slotOf = (word: number): number => {
    let slot = Math.imul(word, 0x9e3779b1) >>> (32 - slotBits);
    while (numbers[slot] !== 0 && words[slot] !== word) slot = (slot + 1) & last;
    return slot;
  };
  const slots = new Int32Array(values.length);
  const distinct = new Uint32Array(values.length);
  let count = 0;
  for (let index = 0; index < values.length; index++) {
    const slot = slotOf(bits[index]!);
    if (numbers[slot] === 0) {
      words[slot] = bits[index]!;
      distinct[count] = bits[index]!;
      numbers[slot] = ++count;
    }
    slots[index] = slot;
  }
  const ascending = distinct.slice(0, count).sort();
  for (let number = 0; number < count; number++) numbers[slotOf(ascending[number]!)] = number + 1;
  for (let index = 0; index < values.length; index++) slots[index] = numbers[slots[index]!]! - 1;
  return { ofEdge: slots, ascending: new Float32Array(ascending.buffer) };
}
