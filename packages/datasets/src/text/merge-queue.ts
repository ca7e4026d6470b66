/** A pair of neighbouring tokens and how often it stands in the texts, as last counted. */
export interface CountedPair {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Whether p is merged before q: the more frequent pair, among equals the one of the lower ids (left first). */
function precedes(p: CountedPair, q: CountedPair): boolean {
  if (p.count !== q.count) return p.count > q.count;
  return p.left !== q.left ? p.left < q.left : p.right < q.right;
}

/** A binary heap of pairs: `pop` gives the one to merge next. */
export class MergeQueue {
  readonly #heap: CountedPair[] = [];

  push(pair: CountedPair): void {
    const heap = this.#heap;
    let at = heap.push(pair) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!precedes(pair, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = pair;
  }

  pop(): CountedPair | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && precedes(heap[child + 1]!, heap[child]!)) child++;
      if (!precedes(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
