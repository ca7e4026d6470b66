import { DataError } from '../data-error';
import type { TextTokenizer } from './text-tokenizer';

/** How texts become arrays of fixed length: plain JSON, stored with a model so that training and use cannot differ. */
export interface TextOptions {
  /** Tokens of a text with `[CLS]` and `[SEP]`: 3 to 65,536. */
  readonly maxLength: number;
  /** What becomes of a longer text: its beginning or its end is kept, or it is refused. */
  readonly truncation: 'keep-start' | 'keep-end' | 'refuse';
}

/** Tokens of one text. */
export interface TextTokens {
  /** [maxLength] ids: `[CLS]`, the text, `[SEP]`, then `[PAD]`. */
  readonly ids: Int32Array;
  /** Ids that are not padding. */
  readonly length: number;
}

/** 256 tokens hold 95 % of descriptions of crystals. */
export const DEFAULT_TEXT_OPTIONS: TextOptions = { maxLength: 256, truncation: 'keep-start' };

const LEAST_LENGTH = 3;
const MOST_LENGTH = 65_536;
/** Characters of one text: no description is as long, and tokens of it would be cut off. */
const MAX_CHARACTERS = 4 * 2 ** 20;

/**
 * A function from text to token ids of fixed length; upper and lower case stay apart (Co is not CO).
 *
 * @throws DataError `DATA_INVALID` for options out of range; the function throws `DATA_INVALID` (empty text, a string that is cut
 * inside a character), `DATA_TOO_LARGE` (over 4 Mi characters, or over maxLength with truncation `refuse`)
 * @example
 * ```ts
 * const tokens = textModality(tokenizer, { maxLength: 128, truncation: 'keep-start' });
 * const { ids, length } = tokens('Si is cubic.', 'mp-149');
 * ```
 */
export function textModality(
  tokenizer: TextTokenizer,
  options: TextOptions = DEFAULT_TEXT_OPTIONS,
): (text: string, where: string) => TextTokens {
  const { maxLength, truncation } = checkOptions(options);
  const { pad, cls, sep } = tokenizer.specialIds;
  const room = maxLength - 2;
  return (text, where) => {
    if (text.length > MAX_CHARACTERS) {
      throw tooLarge(where, `at most ${MAX_CHARACTERS} characters`, text.length, 'Split the text.');
    }
    if (text.trim() === '') {
      throw new DataError(
        'DATA_INVALID',
        where,
        'a text expected, got an empty one. Leave the view out of this material.',
      );
    }
    const all = tokenizer.encode(text);
    if (all.length > room && truncation === 'refuse') {
      throw tooLarge(where, `at most ${room} tokens`, all.length, 'Raise maxLength, or choose a truncation.');
    }
    const kept = truncation === 'keep-end' ? all.slice(-room) : all.slice(0, room);
    const ids = new Int32Array(maxLength).fill(pad);
    ids[0] = cls;
    ids.set(kept, 1);
    ids[kept.length + 1] = sep;
    return { ids, length: kept.length + 2 };
  };
}

function checkOptions(options: TextOptions): TextOptions {
  const { maxLength, truncation } = options;
  const fits =
    Number.isInteger(maxLength) &&
    maxLength >= LEAST_LENGTH &&
    maxLength <= MOST_LENGTH &&
    ['keep-start', 'keep-end', 'refuse'].includes(truncation);
  if (fits) return options;
  throw new DataError(
    'DATA_INVALID',
    'textModality:',
    `maxLength from ${LEAST_LENGTH} to ${MOST_LENGTH} and truncation keep-start, keep-end or refuse expected, got ${JSON.stringify(options)}. Correct the options.`,
  );
}

function tooLarge(where: string, limit: string, got: number, remedy: string): DataError {
  return new DataError('DATA_TOO_LARGE', where, `a text of ${limit} expected, got ${got}. ${remedy}`);
}
