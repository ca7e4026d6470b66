import { DataError } from '../data-error';

/** Half of a surrogate pair, which is no character and has no UTF-8. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Throws unless `text` is a string of whole characters. */
export function checkText(text: string, where: string): void {
  if (typeof text !== 'string') {
    throw new DataError(
      'DATA_INVALID',
      where,
      `a string expected, got ${typeof text}. Leave out missing texts.`,
    );
  }
  const at = text.search(LONE_SURROGATE);
  if (at >= 0) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `well-formed text expected, got half a surrogate pair at character ${at}. It was cut inside a character: cut it elsewhere.`,
    );
  }
}
