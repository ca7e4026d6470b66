const LEAST_SLOTS = 64;

/**
 * Makes the names of the structures of one input distinct, in 16 to 32 bytes a name however long it is: hashes of 53 bits are kept, not
 * the names. Two names of one hash would be set apart although they differ, which harms nothing.
 */
export class SeenNames {
  #slots = new Float64Array(LEAST_SLOTS);
  #used = 0;

  /** What the file calls its k-th structure, from 0, else `structure 3`; ` (3)` sets equal names apart. */
  distinct(given: string, k: number): string {
    const name = given.trim() || `structure ${k + 1}`;
    let distinct = name;
    for (let n = k + 1; !this.#add(hash53(distinct)); n++) distinct = `${name} (${n})`;
    return distinct;
  }

  /** Whether it was not there before. */
  #add(hash: number): boolean {
    const slot = this.#slotOf(hash);
    if (this.#slots[slot] === hash) return false;
    this.#slots[slot] = hash;
    if (2 * ++this.#used > this.#slots.length) this.#grow();
    return true;
  }

  /** Where it stands, or could. */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash % this.#slots.length;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(2 * old.length);
    for (const hash of old) if (hash !== 0) this.#slots[this.#slotOf(hash)] = hash;
  }
}

/** From 1 to 2⁵³: two multiplicative hashes of 32 bits, mixed with each other at the end. */
function hash53(text: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x85ebca6b);
    b = Math.imul(b ^ code, 0xc2b2ae35);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return 2 ** 32 * (b & 0x1fffff) + (a >>> 0) + 1;
}
