/** At most so many items, at equal distances; of a choice of its own size it takes all. */
export function atStrides<T>(items: readonly T[], most: number): readonly T[] {
  const count = Math.min(most, items.length);
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}
