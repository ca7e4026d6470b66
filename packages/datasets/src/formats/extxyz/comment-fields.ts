/** Fields of a comment line by key in lower case; values without their outer quotes or brackets. */
export type CommentFields = ReadonlyMap<string, string>;

/** Fields in one comment line; real files have some dozens. */
const MAX_FIELDS = 10_000;

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * The `key=value` fields of the second line of an extended XYZ frame. A value is bare, quoted, or in braces or brackets; a key alone
 * is the logical T.
 *
 * @returns `null` where a quote or bracket is never closed, a key stands twice, or there are too many fields
 */
export function commentFields(line: string): CommentFields | null {
  const fields = new Map<string, string>();
  let at = 0;
  for (;;) {
    while (at < line.length && isBlank(line[at]!)) at++;
    if (at === line.length) return fields;
    const keyEnd = bareEnd(line, at, '=');
    const key = line.slice(at, keyEnd).toLowerCase();
    const hasValue = line[keyEnd] === '=';
    const value = hasValue ? valueAt(line, keyEnd + 1) : { text: 'T', end: keyEnd };
    if (value === null || fields.has(key) || fields.size === MAX_FIELDS) return null;
    fields.set(key, value.text);
    at = value.end;
  }
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

/** Where a word ends: at a blank, at `stop`, or at the end of the line. */
function bareEnd(line: string, start: number, stop?: string): number {
  let end = start;
  while (end < line.length && !isBlank(line[end]!) && line[end] !== stop) end++;
  return end;
}

function valueAt(line: string, start: number): { text: string; end: number } | null {
  const opening = line[start] ?? '';
  const quoted = opening === '"' || opening === "'";
  if (!quoted && CLOSING[opening] === undefined) {
    const end = bareEnd(line, start);
    return { text: line.slice(start, end), end };
  }
  const last = quoted ? closingQuote(line, start) : closingBracket(line, start);
  return last < 0 ? null : { text: line.slice(start + 1, last), end: last + 1 };
}

function closingQuote(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++;
    else if (line[at] === line[start]) return at;
  }
  return -1;
}

function closingBracket(line: string, start: number): number {
  const opening = line[start]!;
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    if (line[at] === opening) depth++;
    else if (line[at] === CLOSING[opening] && --depth === 0) return at;
  }
  return -1;
}
