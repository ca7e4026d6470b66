import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LineParser, parseStream, parseText } from './line-parser';

const limits = { file: 'x', maxBytes: 1e9 };

const allLines: LineParser<string[]> = function* () {
  const lines: string[] = [];
  for (let line = yield; line !== undefined; line = yield) lines.push(line);
  return lines;
};

async function* pieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const cut of [...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    yield bytes.subarray(start, cut);
    start = cut;
  }
}

describe('parseStream', () => {
  it('sees the lines of the whole text, however it is cut', async () => {
    const word = fc.constantFrom('a', 'Å', '\r', '\n', '\r\n', '', 'bc ');
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 12 }), fc.array(fc.nat(40)), async (words, cuts) => {
        const text = words.join('');
        const expected = text.split(/\r\n|\n|\r/);
        if (expected.at(-1) === '') expected.pop();
        expect(parseText(text, 'x', allLines)).toEqual(expected);
        expect(await parseStream(pieces(new TextEncoder().encode(text), cuts), limits, allLines)).toEqual(
          expected,
        );
      }),
    );
  });

  it('stops reading where the parser has its result', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        taken++;
        yield new TextEncoder().encode('line\n');
      }
    }
    const first: LineParser<string | undefined> = function* () {
      return yield;
    };
    expect(await parseStream(endless(), limits, first)).toBe('line');
    expect(taken).toBeLessThan(5);
  });

  it('names the line of an error', () => {
    const third: LineParser<never> = function* (input) {
      yield;
      yield;
      yield;
      throw input.error('a word expected', 'Write one.');
    };
    expect(() => parseText('a\nb\n\u0007c\nd', 'f.txt', third)).toThrow(
      String.raw`f.txt:3 a word expected, got "\u0007c". Write one.`,
    );
    expect(() => parseText('a\nb', 'f.txt', third)).toThrow(
      expect.objectContaining({ code: 'DATA_TRUNCATED', line: 2 }),
    );
  });

  it('refuses a line without end, in linear time', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      const piece = new Uint8Array(2 ** 14).fill(65);
      for (;;) yield piece;
    }
    await expect(parseStream(endless(), limits, allLines)).rejects.toMatchObject({ code: 'DATA_TOO_LARGE' });
  });
});
