/** Items in compressed rows by key. */
export interface RowsByKey {
  /** keys + 1; the items of a key are order[offsets[key] … offsets[key + 1] − 1], ascending. */
  readonly offsets: Int32Array;
  /** A permutation of the item numbers. */
  readonly order: Int32Array;
}

/** Stable counting sort of items by their keys, 0 … keys − 1. */
export function sortByKey(keyOf: Int32Array, keys: number): RowsByKey {
  const offsets = new Int32Array(keys + 1);
  for (let item = 0; item < keyOf.length; item++) offsets[keyOf[item]! + 1]!++;
  for (let key = 0; key < keys; key++) offsets[key + 1]! += offsets[key]!;
  const cursor = offsets.slice();
  const order = new Int32Array(keyOf.length);
  for (let item = 0; item < keyOf.length; item++) order[cursor[keyOf[item]!]!++] = item;
  return { offsets, order };
}
