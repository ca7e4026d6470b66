import { DataError } from '../data-error';
import { elementCount, type StoredDtype, storedBytes } from './stored-tensor';

/** A header names arrays, it does not hold them: 16 MiB is 100,000 tensors. */
const MAX_HEADER_BYTES = 1 << 24;
/** The header's own braces, an entry's, and the brackets of its lists. */
const MAX_DEPTH = 3;

/** One array as the header describes it; offsets count from the end of the header. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** A checked header: entries in file order, covering the data without hole or overlap. */
export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Offset of the first data byte in the file. */
  readonly dataStart: number;
}

/** Reads and checks the header against the length of the file. */
export function readHeader(bytes: Uint8Array, file: string): Header {
  const text = headerText(bytes, file);
  const json = parseHeader(text, file);
  const dataStart = 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const metadata = Object.hasOwn(json, '__metadata__') ? readMetadata(json.__metadata__, file) : {};
  const entries = Object.entries(json)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => readEntry(name, entry, file))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(entries, bytes.length - dataStart, file);
  return { entries, metadata, dataStart };
}

function headerText(bytes: Uint8Array, file: string): string {
  const cut = (needed: string) =>
    new DataError(
      'DATA_TRUNCATED',
      file,
      `must be a safetensors file of at least ${needed} bytes, got ${bytes.length}. The file was cut short; copy it again.`,
    );
  if (bytes.length < 8) throw cut('10');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length < 2n || length > BigInt(MAX_HEADER_BYTES)) {
    throw headerError(file, `must have a header of 2 to ${MAX_HEADER_BYTES} bytes, got ${length}`);
  }
  const end = 8 + Number(length);
  if (bytes.length < end) throw cut(String(end));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, end));
  } catch (cause) {
    throw headerError(file, 'must have a header in UTF-8, got bytes that are not', cause);
  }
}

function parseHeader(text: string, file: string): Record<string, unknown> {
  if (!text.startsWith('{')) {
    throw headerError(
      file,
      `must have a JSON header that starts with "{", got ${JSON.stringify(text.slice(0, 1))}`,
    );
  }
  let json: Record<string, unknown>;
  try {
    json = JSON.parse(text) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 120) : '';
    throw headerError(file, `must have a JSON header, got text that is not (${reason})`, cause);
  }
  checkKeys(text, file);
  return json;
}

/** JSON.parse keeps the last of two equal keys without a word, so the text of the (valid) JSON is read again for them. */
function checkKeys(text: string, file: string): void {
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at]!;
    if (symbol === '{' || symbol === '[') open.push(symbol === '{' ? new Set() : null);
    else if (symbol === '}' || symbol === ']') open.pop();
    else if (symbol === '"') {
      const end = closingQuote(text, at);
      last = text.slice(at, end + 1);
      at = end;
    } else if (symbol === ':') addKey(open.at(-1), JSON.parse(last) as string, file);
    if (open.length > MAX_DEPTH) throw headerError(file, 'must have a header of entries, got deeper nesting');
  }
}

function closingQuote(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function addKey(keys: Set<string> | null | undefined, name: string, file: string): void {
  if (keys?.has(name)) {
    const message = `a name must stand once in the header, got ${quote(name)} twice. Write the file again.`;
    throw new DataError('DATA_INVALID', file, message);
  }
  keys?.add(name);
}

function readMetadata(value: unknown, file: string): Readonly<Record<string, string>> {
  if (!isObject(value) || Object.values(value).some((text) => typeof text !== 'string')) {
    throw headerError(file, 'must have texts in __metadata__, got something else');
  }
  return value as Readonly<Record<string, string>>;
}

function readEntry(name: string, entry: unknown, file: string): HeaderEntry {
  const keys = isObject(entry) ? Object.keys(entry).sort().join() : '';
  if (!isObject(entry) || keys !== 'data_offsets,dtype,shape') {
    throw headerError(file, `${quote(name)} must have dtype, shape and data_offsets, got ${quote(keys)}`);
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !Object.hasOwn(storedBytes, dtype)) {
    const known = Object.keys(storedBytes).join(', ');
    const message = `${quote(name)} must be one of ${known}, got ${quote(dtype)}. Convert the tensor to F32.`;
    throw new DataError('DATA_UNSUPPORTED', file, message);
  }
  if (!isSizes(shape))
    throw headerError(file, `${quote(name)} must have a shape of sizes, got ${quote(shape)}`);
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw headerError(file, `${quote(name)} must have two data_offsets, got ${quote(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const stored = dtype as StoredDtype;
  if (end - begin !== elementCount(shape) * storedBytes[stored]) {
    const message = `${quote(name)} must have the bytes of ${stored} [${shape.join(', ')}], got bytes ${begin} to ${end}. Write the file again.`;
    throw new DataError('DATA_INVALID', file, message);
  }
  return { name, dtype: stored, shape, begin, end };
}

function checkCoverage(entries: readonly HeaderEntry[], dataBytes: number, file: string): void {
  let at = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== at) {
      const what = begin < at ? 'an overlap' : 'a hole';
      const message = `${quote(name)} must begin at data byte ${at}, got ${begin} (${what}). Write the file again.`;
      throw new DataError('DATA_CORRUPT', file, message);
    }
    at = end;
  }
  if (at > dataBytes) {
    const message = `must have ${at} bytes of data, got ${dataBytes}. The file was cut short; copy it again.`;
    throw new DataError('DATA_TRUNCATED', file, message);
  }
  if (at < dataBytes) {
    const message = `must have ${at} bytes of data, got ${dataBytes} (bytes that belong to no tensor). Write the file again.`;
    throw new DataError('DATA_CORRUPT', file, message);
  }
}

function headerError(file: string, what: string, cause?: unknown): DataError {
  return new DataError('DATA_INVALID', file, `${what}. Is this a safetensors file? If so, write it again.`, {
    cause,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
