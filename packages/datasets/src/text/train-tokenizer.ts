import { DataError } from '../data-error';
import { BYTE_ALPHABET } from './byte-alphabet';
import { checkText } from './check-text';
import { learnMerges } from './learn-merges';
import { SPECIAL_TOKENS } from './special-tokens';
import { createSplitter } from './splitter';
import { type TokenizerJson, tokenizerJson } from './tokenizer-json';

/** Options of {@link trainTokenizer}. */
export interface TokenizerTraining {
  /** Tokens in all, special ones and bytes included: 261 to 65,536; 4,096 by default. Fewer come out where the texts hold no more pairs. */
  readonly vocabularySize?: number;
  /** A pair must stand this often in the texts to become a token; 2 by default. */
  readonly minFrequency?: number;
  /** Characters in all texts together; 256 Mi by default. */
  readonly maxCharacters?: number;
}

const LEAST_VOCABULARY = SPECIAL_TOKENS.length + BYTE_ALPHABET.length;
const MOST_VOCABULARY = 2 ** 16;
const DEFAULT_MAX_CHARACTERS = 2 ** 28;
/** Distinct pieces kept while counting: about 200 MB of them. */
const MAX_PIECES = 2_000_000;

/**
 * Learns byte-pair encoding from texts: the contents of a `tokenizer.json` that Hugging Face's libraries load.
 *
 * Byte-level, so that any string can be encoded; no lower-casing (Co is not CO). Text is split first where its chemistry says so:
 * formulas into element symbols and counts, numbers and their units, Miller indices (`CHEMISTRY_PATTERN`). Same texts, in any
 * order: same tokens; pairs of equal frequency go by their ids.
 *
 * @throws DataError `DATA_INVALID` (no text, options out of range, text that is not well-formed), `DATA_TOO_LARGE`
 * @example
 * ```ts no-run
 * const json = trainTokenizer(recipes.map(recipeText), { vocabularySize: 8192 });
 * await writeFile('tokenizer.json', JSON.stringify(json));
 * ```
 */
export function trainTokenizer(texts: Iterable<string>, options: TokenizerTraining = {}): TokenizerJson {
  const { vocabularySize = 4096, minFrequency = 2, maxCharacters = DEFAULT_MAX_CHARACTERS } = options;
  requireWhole('vocabularySize', vocabularySize, LEAST_VOCABULARY, MOST_VOCABULARY);
  requireWhole('minFrequency', minFrequency, 1, Number.MAX_SAFE_INTEGER);
  const pieces = countPieces(texts, maxCharacters);
  return tokenizerJson(learnMerges(pieces, SPECIAL_TOKENS, BYTE_ALPHABET, { vocabularySize, minFrequency }));
}

function requireWhole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new DataError(
    'DATA_INVALID',
    'trainTokenizer:',
    `${name} from ${least} to ${most} expected, got ${value}. Choose another.`,
  );
}

/** How often each piece of byte letters stands in the texts. */
function countPieces(texts: Iterable<string>, maxCharacters: number): Map<string, number> {
  const splitter = createSplitter();
  const pieces = new Map<string, number>();
  let characters = 0;
  let index = 0;
  for (const text of texts) {
    const where = `trainTokenizer: text ${index++}`;
    checkText(text, where);
    characters += text.length;
    if (characters > maxCharacters) {
      throw new DataError(
        'DATA_TOO_LARGE',
        where,
        `texts of at most ${maxCharacters} characters together expected, got more. Train on a sample, or raise maxCharacters.`,
      );
    }
    for (const piece of splitter.pieces(text)) pieces.set(piece, (pieces.get(piece) ?? 0) + 1);
    if (pieces.size > MAX_PIECES) {
      throw new DataError(
        'DATA_TOO_LARGE',
        where,
        `at most ${MAX_PIECES} distinct pieces of text expected, got more. Is this text?`,
      );
    }
  }
  if (pieces.size === 0) {
    throw new DataError(
      'DATA_INVALID',
      'trainTokenizer:',
      'at least one text that is not empty expected, got none. Check that the texts were read.',
    );
  }
  return new Map(Array.from(pieces, ([piece, count]) => [splitter.bytes(piece), count]));
}
