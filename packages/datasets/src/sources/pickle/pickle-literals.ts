import { exactNumber, type PickleBytes } from './pickle-bytes';
import { pickleError } from './pickle-error';
import type { PickleValue } from './pickle-value';

/** The value of an opcode that stands for one by itself; `undefined` for any other opcode. */
export function literal(opcode: string, input: PickleBytes): PickleValue | undefined {
  switch (opcode) {
    case 'N':
      return null;
    case '\x88':
      return true;
    case '\x89':
      return false;
    case 'J':
      return input.int32();
    case 'K':
      return input.uint8();
    case 'M':
      return input.uint16();
    case '\x8a':
      return input.long(input.uint8());
    case '\x8b':
      return input.long(input.uint32());
    case 'G':
      return input.float64();
    case 'I':
    case 'L':
      return textInteger(input);
    case 'F':
      return textFloat(input);
    case 'V':
      return rawUnicode(input);
    case 'S':
      return quotedText(input);
    case 'X':
      return input.utf8(input.uint32());
    case '\x8c':
      return input.utf8(input.uint8());
    case '\x8d':
      return input.utf8(input.uint64());
    case 'T':
      return input.latin1(input.uint32());
    case 'U':
      return input.latin1(input.uint8());
    case 'B':
      return input.slice(input.uint32());
    case 'C':
      return input.slice(input.uint8());
    case '\x8e':
    case '\x96':
      return input.slice(input.uint64());
    case ']':
    case ')':
      return [];
    case '}':
      return new Map();
    case '\x8f':
      return new Set();
    default:
      return undefined;
  }
}

/** `12`, `12L`; `00` and `01` are the truth values of protocol 0. */
export function textInteger(input: PickleBytes): number | bigint | boolean {
  const text = input.line().replace(/L$/, '');
  if (text === '00' || text === '01') return text === '01';
  if (/^[+-]?\d+$/.test(text)) return exactNumber(BigInt(text));
  throw pickleError('DATA_INVALID', input.place, 'an integer expected', JSON.stringify(text.slice(0, 40)));
}

function textFloat(input: PickleBytes): number {
  const text = input.line();
  if (text === 'nan') return Number.NaN;
  const value = /^-?inf$/.test(text) ? Number(`${text.slice(0, -3)}Infinity`) : Number(text.trim() || 'none');
  if (!Number.isNaN(value)) return value;
  throw pickleError('DATA_INVALID', input.place, 'a number expected', JSON.stringify(text.slice(0, 40)));
}

/** A line of Latin-1 with `\\uXXXX` and `\\UXXXXXXXX`. */
function rawUnicode(input: PickleBytes): string {
  const line = input.line(input.bytes.length);
  return line.replace(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (_, short?: string, long?: string) => {
    const code = Number.parseInt(short ?? long ?? '', 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    throw pickleError(
      'DATA_INVALID',
      input.place,
      'a character of Unicode expected',
      `U+${code.toString(16)}`,
    );
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** A string as `repr` of Python 2 writes it. */
function quotedText(input: PickleBytes): string {
  const line = input.line(input.bytes.length);
  const quoted = /^(['"])(.*)\1$/.exec(line)?.[2];
  if (quoted === undefined) {
    throw pickleError(
      'DATA_INVALID',
      input.place,
      'text in quotes expected',
      JSON.stringify(line.slice(0, 40)),
    );
  }
  return quoted.replace(/\\(?:x([\da-fA-F]{2})|(.))/g, (whole, code?: string, letter = '') =>
    code === undefined
      ? (ESCAPES[letter as string] ?? whole)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
