import type { TextTokenizer } from '@bravais/datasets/text';

/** Ids that are kept of one tokenizer, 64 MiB of them; beyond, keeping starts anew. */
const MOST_IDS = 2 ** 24;

interface KeptTexts {
  readonly ids: Map<string, Int32Array>;
  count: number;
}

const keptBy = new WeakMap<TextTokenizer, KeptTexts>();

/** The ids of a text, not to be changed: made once, though a material comes back every epoch. */
export function encodedText(tokenizer: TextTokenizer, text: string): Int32Array {
  const kept = keptBy.get(tokenizer) ?? { ids: new Map(), count: 0 };
  keptBy.set(tokenizer, kept);
  const known = kept.ids.get(text);
  if (known) return known;
  const ids = tokenizer.encode(text);
  if (kept.count + ids.length > MOST_IDS) {
    kept.ids.clear();
    kept.count = 0;
  }
  kept.ids.set(text, ids);
  kept.count += ids.length;
  return ids;
}
