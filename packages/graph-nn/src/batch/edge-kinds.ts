import type { DistanceKinds } from './graph-tensors';
import { bucketSize } from './pad-batch';

/** Kinds cost little beside nodes and edges: few sizes of them, for few recordings, are worth more than little padding. */
const STEPS_PER_OCTAVE = 2;

/**
 * Sorts edges by distance into kinds of exactly equal ones, filled up to a bucket with kinds that have no edge. Edges of one
 * kind keep their order. Takes time in proportion to E, and sorts the distances that differ.
 */
export function edgeKinds(edgeDistance: Float32Array): DistanceKinds<Int32Array, Float32Array> {
  const numbered = numberDistinct(edgeDistance);
  const ascending = numbered.distinct.slice().sort();
  const kindOf = new Int32Array(ascending.length);
  ascending.forEach((value, kind) => {
    kindOf[numbered.numberOf(value)] = kind;
  });
  const ofEdge = numbered.numbers.map((number) => kindOf[number]!);
  const kinds = bucketSize(ascending.length, STEPS_PER_OCTAVE);
  const distance = new Float32Array(kinds).fill(ascending.at(-1) ?? 0);
  distance.set(ascending);
  const offsets = new Int32Array(kinds + 1);
  for (const kind of ofEdge) offsets[kind + 1]!++;
  for (let kind = 0; kind < kinds; kind++) offsets[kind + 1]! += offsets[kind]!;
  const cursor = offsets.slice();
  const order = new Int32Array(edgeDistance.length);
  ofEdge.forEach((kind, e) => {
    order[cursor[kind]!++] = e;
  });
  return { distance, ofEdge, offsets, order };
}

/** Values without repetition, in the order they come, and the number of each value among them. */
interface Numbered {
  readonly distinct: Float32Array;
  /** One for each value given. */
  readonly numbers: Int32Array;
  /** The number of one of the values. */
  numberOf(value: number): number;
}

/** Numbers values by their bits, in a hash table with open addressing. */
function numberDistinct(values: Float32Array): Numbered {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const slotBits = Math.max(1, Math.ceil(Math.log2(2 * values.length + 1)));
  // A slot holds a number plus 1; 0 is free.
  const slots = new Int32Array(2 ** slotBits);
  const distinctBits = new Uint32Array(values.length);
  let count = 0;
  const slotOf = (word: number): number => {
    let slot = Math.imul(word, 0x9e3779b1) >>> (32 - slotBits);
    while (slots[slot] !== 0 && distinctBits[slots[slot]! - 1] !== word) slot = (slot + 1) % slots.length;
    return slot;
  };
  const numbers = new Int32Array(values.length);
  bits.forEach((word, index) => {
    const slot = slotOf(word);
    if (slots[slot] === 0) {
      distinctBits[count] = word;
      slots[slot] = ++count;
    }
    numbers[index] = slots[slot]! - 1;
  });
  const word = new Uint32Array(1);
  const float = new Float32Array(word.buffer);
  return {
    distinct: new Float32Array(distinctBits.buffer, 0, count),
    numbers,
    numberOf(value) {
      float[0] = value;
      return slots[slotOf(word[0]!)]! - 1;
    },
  };
}
