/** Every two of some modalities. */
export function allPairs(names: readonly string[]): string[][] {
  return names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b]));
}

/** Every three of some modalities. */
export function allTriples(names: readonly string[]): string[][] {
  return names.flatMap((a, i) => allPairs(names.slice(i + 1)).map((pair) => [a, ...pair]));
}

/** One modality with each of the others. */
export function pairsWith(anchor: string, names: readonly string[]): string[][] {
  return names.filter((name) => name !== anchor).map((name) => [anchor, name]);
}
