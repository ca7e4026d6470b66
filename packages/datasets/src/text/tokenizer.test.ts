import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BYTE_ALPHABET } from './byte-alphabet';
import { SPECIAL_TOKENS } from './special-tokens';
import { createSplitter } from './splitter';
import { textFromBytes } from './text-from-bytes';
import { textModality } from './text-modality';
import { createTokenizer } from './text-tokenizer';
import type { TokenizerJson } from './tokenizer-json';
import { trainTokenizer } from './train-tokenizer';

const TEXTS = [
  'LiFePO4 crystallizes in the orthorhombic Pnma space group. Li(1) is bonded to six O atoms at 2.13 Å.',
  'LiCoO2 was calcined at 900 °C for 12 h in air, then cooled at 5 °C/min to 300 K.',
  'The (110) and [0-11] faces of TiO2 have 4.23 g/cm³ and 1.5 eV/atom; the (10-10) plane of ZnO too.',
  'Li2CO3 and FeC2O4·2H2O were mixed, ground and heated; LiFePO4 came out. Li Fe P O Li Fe P O.',
];
const json = trainTokenizer(TEXTS, { vocabularySize: 400 });
const tokenizer = createTokenizer(json);
/** Any string of whole characters, those of several bytes and special tokens included. */
const wholeText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '[PAD]',
        '[MASK]',
        'LiFePO4',
        ' ',
        '\n',
        '(110)',
        '2.13 Å',
        '𝛼',
        'é',
        '\u0301',
        '[[CLS]]',
      ),
    )
    .map((parts) => parts.join('')),
);

/** Pairs merged rank by rank, each everywhere before the next: the definition of BPE encoding, slowly. */
function slowlyEncoded(text: string, { model: { merges } }: TokenizerJson): string[] {
  const splitter = createSplitter();
  return splitter.pieces(text).flatMap((piece) => {
    let tokens = [...splitter.bytes(piece)];
    for (const [left, right] of merges) {
      const next: string[] = [];
      for (let i = 0; i < tokens.length; i++) {
        const joins = tokens[i] === left && tokens[i + 1] === right;
        next.push(joins ? left + right : tokens[i]!);
        if (joins) i++;
      }
      tokens = next;
    }
    return tokens;
  });
}

/** Recounts every pair before every merge. */
function slowlyLearned(texts: readonly string[], vocabularySize: number): string[] {
  const splitter = createSplitter();
  const pieces = texts.flatMap(splitter.pieces).map((piece) => [...splitter.bytes(piece)]);
  const known = [...SPECIAL_TOKENS, ...BYTE_ALPHABET];
  const learned: string[] = [];
  while (known.length < vocabularySize) {
    const counts = new Map<string, { pair: [number, number]; count: number }>();
    for (const piece of pieces) {
      for (let i = 0; i + 1 < piece.length; i++) {
        const pair: [number, number] = [known.indexOf(piece[i]!), known.indexOf(piece[i + 1]!)];
        const entry = counts.get(pair.join()) ?? { pair, count: 0 };
        entry.count++;
        counts.set(pair.join(), entry);
      }
    }
    const [best] = [...counts.values()].sort(
      (p, q) => q.count - p.count || p.pair[0] - q.pair[0] || p.pair[1] - q.pair[1],
    );
    if (best === undefined || best.count < 2) break;
    const [left, right] = best.pair.map((id) => known[id]!) as [string, string];
    learned.push(`${left} ${right}`);
    if (!known.includes(left + right)) known.push(left + right);
    for (const piece of pieces) {
      for (let i = 0; i + 1 < piece.length; i++)
        if (piece[i] === left && piece[i + 1] === right) piece.splice(i, 2, left + right);
    }
  }
  return learned;
}

describe('trained tokenizer', () => {
  it('gives back any string', () => {
    fc.assert(
      fc.property(wholeText, (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('tokenises as its merges say', () => {
    const library = new Tokenizer(JSON.parse(JSON.stringify(json)), {});
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(...TEXTS),
          wholeText.filter((text) => !/\[(PAD|CLS|MASK)\]/.test(text)),
        ),
        (text) => {
          expect(library.tokenize(text)).toEqual(slowlyEncoded(text, json));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('learns what counting anew before each merge learns', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (texts) => {
        const { model } = trainTokenizer(texts, { vocabularySize: 275 });
        expect(model.merges.map((pair) => pair.join(' '))).toEqual(slowlyLearned(texts, 275));
      }),
      { numRuns: 60 },
    );
  });

  it('does not depend on the order of the texts', () => {
    expect(trainTokenizer([...TEXTS].reverse(), { vocabularySize: 400 })).toEqual(json);
  });

  it('never makes a special token of text', () => {
    const ids = tokenizer.encode('a [PAD] b [MASK][CLS]');
    expect([...ids].every((id) => id >= SPECIAL_TOKENS.length)).toBe(true);
  });

  it('has the ids of Hugging Face: special tokens, bytes, merges; and frames texts with [CLS] and [SEP]', () => {
    expect(tokenizer.vocabularySize).toBe(Object.keys(json.model.vocab).length);
    expect(tokenizer.specialIds).toEqual({ pad: 0, unk: 1, cls: 2, sep: 3, mask: 4 });
    expect(json.model.vocab['!']).toBe(5);
    expect(new Set(BYTE_ALPHABET).size).toBe(256);
    const [left, right] = json.model.merges[0]!;
    expect(json.model.vocab[left + right]).toBe(261);
    const { tokens } = new Tokenizer(json, {}).encode('Li');
    expect([tokens[0], tokens.at(-1)]).toEqual(['[CLS]', '[SEP]']);
  });
});

describe('bad input', () => {
  it.each([
    ['no text', []],
    ['nothing in it', ['', '']],
    ['half a surrogate pair', ['ab\ud835']],
  ])('%s is refused', (_, texts) => {
    expect(() => trainTokenizer(texts)).toThrow(expect.objectContaining({ code: 'DATA_INVALID' }));
  });

  it('options out of range and too much text are refused', () => {
    expect(() => trainTokenizer(TEXTS, { vocabularySize: 260 })).toThrow(
      'vocabularySize from 261 to 65536 expected, got 260',
    );
    expect(() => trainTokenizer(TEXTS, { maxCharacters: 100 })).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
  });

  it.each([
    ['text that is not JSON', '{', 'DATA_INVALID'],
    ['other JSON', '{"a": 1}', 'DATA_INVALID'],
    [
      'an id twice',
      JSON.stringify({ ...json, model: { ...json.model, vocab: { ...json.model.vocab, '!': 6 } } }),
      'DATA_INVALID',
    ],
    [
      'a merge of tokens that there are not',
      JSON.stringify({ ...json, model: { ...json.model, merges: [['x', 'yy']] } }),
      'DATA_INVALID',
    ],
    [
      'a model that is not known',
      JSON.stringify({ ...json, model: { type: 'Other', vocab: json.model.vocab } }),
      'DATA_UNSUPPORTED',
    ],
    ['no special tokens', JSON.stringify({ ...json, added_tokens: [] }), 'DATA_UNSUPPORTED'],
  ])('a file with %s is refused by name', (_, source, code) => {
    expect(() => createTokenizer(source, 'my.json')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining('my.json') }),
    );
  });

  it('ids of another vocabulary are refused', () => {
    expect(() => tokenizer.decode([5, 400_000])).toThrow('ids from 0 to');
  });

  it('bytes that are not UTF-8, empty and huge texts are refused', () => {
    const bytes = Uint8Array.of(0x41, 0xc3, 0xa9, 0xff, 0x42);
    expect(() => textFromBytes(bytes, 'a.txt')).toThrow(
      'a.txt UTF-8 text expected, got byte 0xff at 3. Convert the file to UTF-8',
    );
    expect(() => textFromBytes(new Uint8Array(), 'a.txt')).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID' }),
    );
    expect(() => textFromBytes(bytes, 'a.txt', 4)).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
    expect(textFromBytes(bytes.subarray(0, 3), 'a.txt')).toBe('Aé');
  });
});

describe('textModality', () => {
  it('frames, cuts and pads to its length', () => {
    fc.assert(
      fc.property(
        wholeText.filter((text) => text.trim() !== ''),
        fc.integer({ min: 3, max: 40 }),
        fc.constantFrom('keep-start' as const, 'keep-end' as const),
        (text, maxLength, truncation) => {
          const { ids, length } = textModality(tokenizer, { maxLength, truncation })(text, 'a');
          const all = tokenizer.encode(text);
          const room = maxLength - 2;
          const kept = truncation === 'keep-end' ? all.slice(-room) : all.slice(0, room);
          expect([...ids]).toEqual([2, ...kept, 3, ...new Array(maxLength - kept.length - 2).fill(0)]);
          expect(length).toBe(kept.length + 2);
        },
      ),
    );
  });

  it('refuses empty, too long and huge texts by name', () => {
    const tokens = textModality(tokenizer, { maxLength: 4, truncation: 'refuse' });
    expect(() => tokens(' \n', 'mp-1')).toThrow('mp-1 a text expected, got an empty one');
    expect(() => tokens('LiFePO4', 'mp-1')).toThrow('at most 2 tokens expected');
    expect(() => tokens('a'.repeat(5_000_000), 'mp-1')).toThrow(
      expect.objectContaining({ code: 'DATA_TOO_LARGE' }),
    );
    expect(() => textModality(tokenizer, { maxLength: 2, truncation: 'refuse' })).toThrow('maxLength from 3');
  });
});

describe('pieces', () => {
  const { pieces } = createSplitter();

  it.each([
    ['LiFePO4', ['Li', 'Fe', 'P', 'O', '4']],
    ['Ba(Ti0.5Zr0.5)O3', ['Ba', '(', 'Ti', '0.5', 'Zr', '0.5', ')', 'O', '3']],
    ['Co and CO', ['Co', ' and', ' ', 'C', 'O']],
    ['Lithium Iron', ['Lithium', ' Iron']],
    ['Cation CIF', ['Cation', ' ', 'C', 'I', 'F']],
    ['the (110) face', ['the', ' ', '(110)', ' face']],
    ['[0-11] (10-10) (0, 0, 1)', ['[0-11]', ' ', '(10-10)', ' ', '(0, 0, 1)']],
    ['900 K for 12 h', ['900', ' K', ' for', ' ', '12', ' h']],
    ['5.2 g/cm^3, 3 GPa', ['5.2', ' g/cm^3', ',', ' ', '3', ' GPa']],
    ['5 potassium K', ['5', ' potassium', ' ', 'K']],
    ['Li2S', ['Li', '2', 'S']],
  ])('%s', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('of a text make the text again', () => {
    fc.assert(
      fc.property(wholeText, (text) => {
        expect(pieces(text).join('')).toBe(text);
      }),
    );
  });

  it.each([
    ['letters', 'a'],
    ['symbols', 'Co'],
    ['spaces', ' '],
    ['digits', '1'],
    ['brackets', '(1'],
  ])('of a million of %s in a row come to an end', (_, unit) => {
    // Quadratic time would take hours.
    const text = unit.repeat(1_000_000);
    expect(pieces(text).join('')).toBe(text);
  });
});
