import { CHEMISTRY_PATTERN } from './chemistry-pattern';
import type { LearnedMerges } from './learn-merges';
import { SPECIAL_TOKENS } from './special-tokens';

/** A token of `added_tokens`. */
export interface AddedTokenJson {
  readonly id: number;
  readonly content: string;
  readonly single_word: boolean;
  readonly lstrip: boolean;
  readonly rstrip: boolean;
  readonly normalized: boolean;
  readonly special: boolean;
}

/**
 * A `tokenizer.json` of Hugging Face's tokenizers (Python `Tokenizer.from_file`, Rust, JavaScript): byte-level BPE that splits text
 * with the pattern it carries. Plain JSON; `JSON.stringify` writes the file.
 */
export interface TokenizerJson {
  readonly version: '1.0';
  readonly truncation: null;
  readonly padding: null;
  readonly added_tokens: readonly AddedTokenJson[];
  readonly normalizer: null;
  readonly pre_tokenizer: PreTokenizerJson;
  readonly post_processor: Readonly<Record<string, unknown>>;
  readonly decoder: Readonly<Record<string, unknown>>;
  readonly model: {
    readonly type: 'BPE';
    readonly dropout: null;
    readonly unk_token: null;
    readonly continuing_subword_prefix: null;
    readonly end_of_word_suffix: null;
    readonly fuse_unk: false;
    readonly byte_fallback: false;
    readonly ignore_merges: false;
    /** Token to id. */
    readonly vocab: Readonly<Record<string, number>>;
    /** Pairs of tokens in order of merging. */
    readonly merges: readonly (readonly [left: string, right: string])[];
  };
}

/** Text into pieces by a regular expression, then each into bytes. */
export interface PreTokenizerJson {
  readonly type: 'Sequence';
  readonly pretokenizers: readonly [
    {
      readonly type: 'Split';
      readonly pattern: { readonly Regex: string };
      readonly behavior: 'Isolated';
      readonly invert: false;
    },
    {
      readonly type: 'ByteLevel';
      readonly add_prefix_space: false;
      readonly trim_offsets: false;
      readonly use_regex: false;
    },
  ];
}

/** Pieces of {@link CHEMISTRY_PATTERN}, then bytes. */
export const PRE_TOKENIZER: PreTokenizerJson = {
  type: 'Sequence',
  pretokenizers: [
    { type: 'Split', pattern: { Regex: CHEMISTRY_PATTERN }, behavior: 'Isolated', invert: false },
    { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
  ],
};

/** The file for learned merges; texts are encoded as `[CLS] text [SEP]`. */
export function tokenizerJson({ tokens, merges }: LearnedMerges): TokenizerJson {
  const special = (content: string, typeId: number) => ({ SpecialToken: { id: content, type_id: typeId } });
  const sequence = (id: string, typeId: number) => ({ Sequence: { id, type_id: typeId } });
  const [pad, unk, cls, sep, mask] = SPECIAL_TOKENS;
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [pad, unk, cls, sep, mask].map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: PRE_TOKENIZER,
    post_processor: {
      type: 'TemplateProcessing',
      single: [special(cls, 0), sequence('A', 0), special(sep, 0)],
      pair: [special(cls, 0), sequence('A', 0), special(sep, 0), sequence('B', 1), special(sep, 1)],
      special_tokens: Object.fromEntries(
        [cls, sep].map((token) => [
          token,
          { id: token, ids: [SPECIAL_TOKENS.indexOf(token)], tokens: [token] },
        ]),
      ),
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges: merges.map(([left, right]) => [tokens[left]!, tokens[right]!]),
    },
  };
}
