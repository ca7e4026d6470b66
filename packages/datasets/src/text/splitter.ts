import { ByteLevelPreTokenizer, SplitPreTokenizer } from '@huggingface/tokenizers';
import { PRE_TOKENIZER } from './tokenizer-json';

/** Text to pieces, and a piece to byte letters. */
export interface Splitter {
  pieces(text: string): string[];
  bytes(piece: string): string;
}

/** The very classes that split a text again when it is encoded, so that training and use agree. */
export function createSplitter(): Splitter {
  const [split, bytes] = PRE_TOKENIZER.pretokenizers;
  const intoPieces = new SplitPreTokenizer(split);
  const intoBytes = new ByteLevelPreTokenizer(bytes);
  return {
    pieces: (text) => intoPieces.pre_tokenize(text),
    bytes: (piece) => intoBytes.pre_tokenize(piece).join(''),
  };
}
