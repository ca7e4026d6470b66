import type { Split } from '../material-record';

/** Shares of train and validation; the rest is test. */
const TRAIN_SHARE = 0.7;
const VAL_SHARE = 0.1;

/**
 * Split of a reduced formula: h = mix(FNV-1a(formula)) / 2³² (mix: the finalizer of MurmurHash3), train below 0.7, val below 0.8, else test.
 *
 * Polymorphs share a formula, so none of them leaks across splits; adding crystals moves no other one.
 */
export function splitOfFormula(formula: string): Split {
  const position = mix(fnv1a(formula)) / 2 ** 32;
  if (position < TRAIN_SHARE) return 'train';
  return position < TRAIN_SHARE + VAL_SHARE ? 'val' : 'test';
}

/** 32-bit FNV-1a over the UTF-16 code units of ASCII text. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3 finalizer: FNV-1a alone leaves the high bits of short texts alike. */
function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
