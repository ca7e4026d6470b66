import { Tokenizer } from '@huggingface/tokenizers';
import { DataError } from '../data-error';
import { checkText } from './check-text';
import { parseTokenizerJson } from './parse-tokenizer-json';
import { SPECIAL_TOKENS } from './special-tokens';
import type { TokenizerJson } from './tokenizer-json';

/** Ids of the special tokens of a tokenizer. */
export interface SpecialIds {
  readonly pad: number;
  readonly unk: number;
  readonly cls: number;
  readonly sep: number;
  readonly mask: number;
}

/** Text to token ids and back. */
export interface TextTokenizer {
  /** Ids are 0 … vocabularySize − 1. */
  readonly vocabularySize: number;
  readonly specialIds: SpecialIds;
  /**
   * Ids of a text without special tokens; text that reads `[PAD]` or `[MASK]` is text here too, not a token.
   *
   * @throws DataError `DATA_INVALID` where the text is cut inside a character
   */
  encode(text: string): Int32Array;
  /** Text of ids, special tokens left out: `decode(encode(text)) === text` with a tokenizer of `trainTokenizer`. */
  decode(ids: ArrayLike<number>): string;
}

/**
 * A tokenizer of the contents of a `tokenizer.json`: of {@link trainTokenizer}, or any other that Hugging Face's library reads and
 * that has the five special tokens of BERT.
 *
 * @param source JSON text, or the object
 * @param file names it in errors
 * @throws DataError `DATA_INVALID`, `DATA_UNSUPPORTED`, `DATA_TOO_LARGE`
 * @example
 * ```ts no-run
 * const tokenizer = createTokenizer(await readFile('tokenizer.json', 'utf8'), 'tokenizer.json');
 * tokenizer.decode(tokenizer.encode('LiFePO4 melts.')); // 'LiFePO4 melts.'
 * ```
 */
export function createTokenizer(
  source: string | TokenizerJson,
  file: string = 'tokenizer.json',
): TextTokenizer {
  const { json, vocabularySize } = parseTokenizerJson(source, file);
  const tokenizer = construct(json, file);
  const added = [...tokenizer.get_added_tokens_decoder().values()];
  const [pad, unk, cls, sep, mask] = SPECIAL_TOKENS.map((token) => {
    const found = added.find(({ content, special }) => special && content === token);
    if (found !== undefined) return found.id;
    throw new DataError(
      'DATA_UNSUPPORTED',
      file,
      `added_tokens with ${SPECIAL_TOKENS.join(' ')} expected, got no ${token}. Use the tokenizer of a BERT-like model.`,
    );
  }) as [number, number, number, number, number];
  const cuts = cutsInside(added.map(({ content }) => content));
  return {
    vocabularySize,
    specialIds: { pad, unk, cls, sep, mask },
    encode(text) {
      checkText(text, 'encode:');
      const parts = text.split(cuts).filter((part) => part !== '');
      return Int32Array.from(
        parts.flatMap((part) => tokenizer.encode(part, { add_special_tokens: false }).ids),
      );
    },
    decode(ids) {
      const wrong = Array.from(ids).find((id) => !(Number.isInteger(id) && id >= 0 && id < vocabularySize));
      if (wrong !== undefined) {
        throw new DataError(
          'DATA_INVALID',
          'decode:',
          `ids from 0 to ${vocabularySize - 1} expected, got ${wrong}. Were they made with another vocabulary?`,
        );
      }
      if (ids.length === 0) return '';
      return tokenizer.decode(Array.from(ids), {
        skip_special_tokens: true,
        clean_up_tokenization_spaces: false,
      });
    },
  };
}

function construct(json: object, file: string): Tokenizer {
  try {
    return new Tokenizer(json, {});
  } catch (cause) {
    throw new DataError(
      'DATA_UNSUPPORTED',
      file,
      `a tokenizer of kinds known here expected, got: ${(cause as Error).message}. Save it with a recent tokenizers library.`,
      { cause },
    );
  }
}

/** Matches between the first and second character of every text that reads like an added token. */
function cutsInside(contents: readonly string[]): RegExp {
  const escaped = contents
    .filter((content) => content.length > 1)
    .map((content) => {
      const [first, rest] = [content.slice(0, 1), content.slice(1)].map((part) =>
        part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'),
      );
      return `(?<=${first})(?=${rest})`;
    });
  return new RegExp(escaped.length === 0 ? '(?!)' : escaped.join('|'));
}
